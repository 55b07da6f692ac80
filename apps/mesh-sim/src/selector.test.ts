import { describe, expect, it } from 'vitest';
import { parseSelector } from './selector.ts';

const LABELS = { app: 'web', tier: 'front', 'linkerd.io/extension': 'viz' };

describe('parseSelector(text)', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app=web,tier=back', false],
    ['app!=web', false],
    ['zone!=a', true],
    ['app in (web, api),tier notin (back)', true],
    ['app in (api)', false],
    ['zone notin (a,b)', true],
    ['linkerd.io/extension', true],
    ['!linkerd.io/extension', false],
    ['!zone', true],
  ])('%s is %s', (text, expected) => {
    expect(parseSelector(text)(LABELS)).toBe(expected);
  });

  it.each(['app=web=x y', 'app in web', 'a b'])('refuses %s', (text) => {
    expect(() => parseSelector(text)).toThrow(`unable to parse requirement: ${text}`);
  });
});
