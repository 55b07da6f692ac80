import { describe, expect, it } from 'vitest';
import {
  arcOf,
  arrowSize,
  dashOf,
  detailOf,
  linkWidth,
  nextCeiling,
  rateCeiling,
  ringOf,
  toneOfSuccess,
} from './encode.ts';

const http = (rps: number) => ({ http: { rps }, mark: 'secured', unreachedRps: 0 }) as const;

describe('linkWidth(link, ceiling)', () => {
  it('is 5.5 at the ceiling and grows by the logarithm of the rate', () => {
    expect(linkWidth(http(30), 30)).toBeCloseTo(5.5);
    expect(linkWidth(http(1), 30)).toBeCloseTo(2.56, 2);
    expect(linkWidth(http(0.1), 30)).toBeCloseTo(1.5, 2);
  });

  it('is 1.75 for TCP and for what policy refused', () => {
    expect(linkWidth({ http: null, mark: 'secured', unreachedRps: 0 }, 30)).toBe(1.75);
    expect(linkWidth({ ...http(20), mark: 'refused' }, 30)).toBe(1.75);
  });
});

describe('rateCeiling(maxRps)', () => {
  it('is the smallest step that is not below the largest rate', () => {
    expect([0, 1, 1.1, 3, 9, 14.4, 31, 2500].map(rateCeiling)).toEqual([1, 1, 3, 3, 10, 30, 100, 3000]);
  });
});

describe('nextCeiling(previous, maxRps, nowMs)', () => {
  const at30 = { ceiling: 30, belowSinceMs: null };

  it('rises at once', () => {
    expect(nextCeiling(at30, 40, 0).ceiling).toBe(100);
  });

  it('falls only after five minutes below the next step', () => {
    const waiting = nextCeiling(at30, 5, 1000);
    expect(waiting).toEqual({ ceiling: 30, belowSinceMs: 1000 });
    expect(nextCeiling(waiting, 5, 300_999).ceiling).toBe(30);
    expect(nextCeiling(waiting, 5, 301_000)).toEqual({ ceiling: 10, belowSinceMs: null });
  });

  it('starts to wait anew when the rate was up in between', () => {
    const up = nextCeiling(nextCeiling(at30, 5, 0), 20, 200_000);
    expect(nextCeiling(up, 5, 400_000).belowSinceMs).toBe(400_000);
  });
});

describe('toneOfSuccess(requests, judge)', () => {
  it('is good from the target on, warn from 95 percent, bad below, none without data', () => {
    const judge = { successTarget: 0.99 };
    const tones = [0.99, 0.98, 0.951, 0.93, null].map((successRate) =>
      toneOfSuccess(
        { requests: 100_000, failures: Math.round(100_000 * (1 - (successRate ?? 0))), successRate },
        judge,
      ),
    );
    expect(tones).toEqual(['good', 'warn', 'warn', 'bad', 'none']);
  });

  it('is none where the count cannot carry one', () => {
    const few = { requests: 14, failures: 1, successRate: 13 / 14 };
    expect(toneOfSuccess(few, { successTarget: 0.99 })).toBe('none');
  });
});

describe('ringOf(successRate, tone)', () => {
  it('shows even the smallest failing share, and says nothing bad of it within the target', () => {
    const ring = ringOf(0.999, 'good');
    expect(ring?.failing).toEqual({ from: 0, to: 0.035, tone: null });
    expect(ring?.rest?.from).toBeCloseTo(0.055);
    expect(ring?.rest?.to).toBeCloseTo(0.98);
  });

  it('is whole without failures, null without data', () => {
    expect(ringOf(1, 'good')).toEqual({ failing: null, rest: { from: 0, to: 1 } });
    expect(ringOf(null, null)).toBeNull();
  });

  it('is all failing when nothing succeeds', () => {
    expect(ringOf(0, 'bad')).toEqual({ failing: { from: 0, to: 1, tone: 'bad' }, rest: null });
  });
});

describe('arcOf(part, radius)', () => {
  it('starts at 12 o’clock', () => {
    expect(arcOf({ from: 0, to: 0.5 }, 13)).toEqual({ dash: '40.84 81.68', turn: -90 });
  });
});

it('arrowSize(width) is never below 7', () => {
  expect([arrowSize(1.5), arrowSize(5.5)]).toEqual([7, 10]);
});

it('dashOf(link) tells TCP and refusals from the rest', () => {
  expect(dashOf({ protocol: 'tcp', mark: 'secured' })).toBe('7 4');
  expect(dashOf({ protocol: 'http', mark: 'refused' })).toBe('1 3.5');
  expect(dashOf({ protocol: 'http', mark: 'plaintext' })).toBeNull();
});

it('detailOf(zoom) has three levels', () => {
  expect([1, 0.8, 0.79, 0.6, 0.5].map(detailOf)).toEqual(['near', 'near', 'middle', 'middle', 'far']);
});
