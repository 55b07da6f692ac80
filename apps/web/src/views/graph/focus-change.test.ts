import { describe, expect, it } from 'vitest';
import { backChange, focusChange } from './focus-change.ts';

const at = (focus: string | null, trail: string[] = []) => ({ focus, trail });

describe('focusChange(place, to, isLarge)', () => {
  it('keeps the way through a large graph', () => {
    expect(focusChange(at(null), 'folded:shop', true)).toEqual({ focus: 'shop', trail: [], selected: null });
    expect(focusChange(at('shop'), 'folded:mail', true)).toMatchObject({ focus: 'mail', trail: ['shop'] });
  });

  it('does not go in circles', () => {
    expect(focusChange(at('mail', ['shop', 'web']), 'shop', true)).toMatchObject({
      focus: 'shop',
      trail: [],
    });
  });

  it('opens what is only a list, and goes nowhere', () => {
    expect(focusChange(at('shop'), 'rest:callers', true)).toEqual({ selected: 'rest:callers' });
  });

  it('leaves a small neighbourhood by asking for it again', () => {
    expect(focusChange(at('a/deployment/b'), 'a/deployment/b', false)).toEqual({
      focus: null,
      selected: null,
    });
  });
});

describe('backChange(place)', () => {
  it('leads back the way it came, and to the map in the end', () => {
    expect(backChange(at('mail', ['shop']))).toMatchObject({ focus: 'shop', trail: [] });
    expect(backChange(at('shop'))).toMatchObject({ focus: null, trail: [] });
    expect(backChange(at(null))).toBeNull();
  });
});
