import { describe, expect, it } from 'vitest';
import { top } from '../../test-data/top.ts';
import { sampling, samplingText } from './sampling.ts';
import { targetLabel, toTargets } from './targets.ts';

const counters = top([]).counters;

describe('sampling(top)', () => {
  it('says how much of the traffic was seen', () => {
    const seen = sampling(top([]));
    expect(seen).toMatchObject({ seen: 1127, about: 2550 });
    expect(samplingText(seen)).toBe('of about 2\u2009550 requests seen (44 %)');
  });

  it('makes no guess without metrics, or in the first seconds', () => {
    expect(samplingText(sampling(top([], { counters: { ...counters, aboutRps: null } })))).toBe(
      'requests seen',
    );
    expect(sampling(top([], { at: '2026-11-23T15:46:12Z' })).about).toBeNull();
    // Metrics go on while a stopped tap sees nothing more.
    expect(sampling(top([], { state: 'failed' })).about).toBeNull();
  });

  it('never claims to have seen more than there was', () => {
    const more = sampling(top([], { counters: { ...counters, aboutRps: 1 } }));
    expect(more.share).toBeNull();
    expect(samplingText(more)).toMatch(/^requests seen, more than the \d+ of the minute before$/);
  });

  it('adds up what was lost, each part with its reason', () => {
    const lost = [
      { reason: 'this page was too slow', count: 9 },
      { reason: 'a broken frame', count: 1 },
    ];
    expect(sampling(top([], { counters: { ...counters, lost } }))).toMatchObject({
      lost: 10,
      lostBecause: ['9: this page was too slow', '1: a broken frame'],
    });
  });

  it('tells what was left out on purpose', () => {
    const asides = sampling(
      top([], { counters: { ...counters, hidden: 3, bothSides: 2, expired: 1, rowsDropped: 4 } }),
    ).asides;
    expect(asides).toHaveLength(4);
    expect(sampling(top([])).asides).toEqual([]);
  });
});

describe('targetLabel(target)', () => {
  it('is short for workloads and namespaces', () => {
    expect(targetLabel('shop/deployment/web')).toBe('shop/web');
    expect(targetLabel('shop')).toBe('shop');
  });
});

describe('toTargets(workloads)', () => {
  it('offers nothing without a proxy', () => {
    expect(toTargets([])).toEqual({ namespaces: [], workloads: [] });
  });
});
