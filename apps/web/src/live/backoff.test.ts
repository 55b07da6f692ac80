import { describe, expect, it } from 'vitest';
import { backoffMs, LONGEST_WAIT_MS } from './backoff.ts';

describe('backoffMs(attempt, random)', () => {
  it('doubles from half a second up to its limit', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, 0))).toEqual([
      500, 1000, 2000, 4000, 8000, 10_000, 10_000,
    ]);
  });

  it('takes away up to half by chance, so that pages do not come back all at once', () => {
    expect(backoffMs(10, 1)).toBe(LONGEST_WAIT_MS / 2);
    expect(backoffMs(10, 0.5)).toBe(LONGEST_WAIT_MS * 0.75);
  });
});
