import { describe, expect, it } from 'vitest';
import { toSince } from './since.ts';

const scale = { stepSeconds: 30, windowSeconds: 60, dataSeconds: 0 };
const every = (from: number, to: number) =>
  Array.from({ length: (to - from) / 30 + 1 }, (_, i) => from + 30 * i);

describe('toSince(moments, scale)', () => {
  it.each([
    ['never', [], null],
    ['a while ago', every(1800, 3600), { atSeconds: 1800, before: false }],
    ['with a short pause', [...every(1800, 2400), ...every(2520, 3600)], { atSeconds: 1800, before: false }],
    [
      'anew, after a long one',
      [...every(1800, 2400), ...every(2700, 3600)],
      { atSeconds: 2700, before: false },
    ],
    ['before the data', every(90, 3600), { atSeconds: 0, before: true }],
  ])('%s', (_, moments, since) => {
    expect(toSince(moments, scale)).toEqual(since);
  });
});
