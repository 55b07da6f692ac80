import { describe, expect, it } from 'vitest';
import { type RefusalCounts, toRefusedShare } from './refused-share.ts';

function share(counts: Partial<RefusalCounts>): number | null {
  const all = { refusedRps: 1, rps: 1, turnedAwayRps: 1, isCountedByTarget: false, windowSeconds: 60 };
  return toRefusedShare({ ...all, ...counts });
}

describe('toRefusedShare(counts) (truth rule 19)', () => {
  it('is all where every answer was a refusal, although the families are scraped apart', () => {
    for (const refusedRps of [0.9655, 0.85, 1, 1.1])
      expect(share({ refusedRps, rps: 0.9828, turnedAwayRps: 0.9828 })).toBe(1);
  });

  it('is never all where some answers were none, whatever the target counted meanwhile', () => {
    expect(share({ refusedRps: 1.1, rps: 1, turnedAwayRps: 0.9 })).toBe(0.9);
    expect(share({ refusedRps: 0.3, rps: 1, turnedAwayRps: 0.3 })).toBe(0.3);
  });

  it('takes few calls by their number: one may be scraped later than the other', () => {
    expect(share({ refusedRps: 2 / 60, rps: 3 / 60, turnedAwayRps: 3 / 60 })).toBe(1);
  });

  it('leaves refusals of the application itself out', () => {
    expect(share({ refusedRps: 0.5, rps: 1, turnedAwayRps: 1 })).toBe(0.5);
  });

  it('adds what got through, where the target alone counts: what it refused is not among it', () => {
    expect(share({ refusedRps: 1, rps: 1, turnedAwayRps: null, isCountedByTarget: true })).toBe(0.5);
    expect(share({ refusedRps: 1, rps: 0, turnedAwayRps: null, isCountedByTarget: true })).toBe(1);
  });

  it('is all where nothing else is known, and null where nothing was refused', () => {
    expect(share({ rps: 0, turnedAwayRps: null })).toBe(1);
    expect(share({ refusedRps: 0 })).toBeNull();
  });
});
