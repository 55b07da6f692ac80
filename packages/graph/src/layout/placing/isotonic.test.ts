import { describe, expect, it } from 'vitest';
import { isotonic } from './isotonic.ts';

describe('isotonic(wanted, weight, apart, low, high)', () => {
  it('leaves alone what keeps its distance', () => {
    expect(isotonic([10, 40], [1, 1], [0, 20], 0, 100)).toEqual([10, 40]);
  });

  it('parts two that want one place, each by half', () => {
    expect(isotonic([50, 50], [1, 1], [0, 20], 0, 100)).toEqual([40, 60]);
  });

  it('lets the heavier one stay nearer', () => {
    expect(isotonic([50, 50], [3, 1], [0, 20], 0, 100)).toEqual([45, 65]);
  });

  it('keeps the order even when the wishes are reversed, and the limits', () => {
    expect(isotonic([90, 10], [1, 1], [0, 20], 0, 100)).toEqual([40, 60]);
    expect(isotonic([-50, 300], [1, 1], [0, 20], 0, 100)).toEqual([0, 100]);
  });

  it('presses together what does not fit', () => {
    expect(isotonic([0, 0, 0], [1, 1, 1], [0, 80, 80], 0, 100)).toEqual([0, 50, 100]);
  });
});
