import { describe, expect, it } from 'vitest';
import { countedTone, countsOf, wilson } from './small-numbers.ts';

describe('wilson(successes, all)', () => {
  it.each([
    [14, 1, 68.5, 98.7],
    [40, 3, 80.1, 97.4],
    [116, 2, 93.9, 99.5],
    [766, 64, 89.5, 93.4],
  ])('of %i, of them %i failed', (all, failed, low, high) => {
    const interval = wilson(all - failed, all);
    expect(interval.low * 100).toBeCloseTo(low, 0);
    expect(interval.high * 100).toBeCloseTo(high, 0);
  });

  it('claims nothing of nothing', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('countedTone(failed, all, target)', () => {
  it.each([
    [1, 14, 'few'],
    [3, 40, 'warn'],
    [2, 116, 'few'],
    [64, 766, 'bad'],
    [1, 1, 'few'],
    [0, 14, 'good'],
    [0, 0, 'good'],
  ] as const)('%i of %i is %s', (failed, all, tone) => {
    expect(countedTone(failed, all, 0.99)).toBe(tone);
  });
});

it('counts what a rate over a window was made of', () => {
  expect(countsOf(6.38, 0.9164, 120)).toEqual({ all: 766, failed: 64 });
});
