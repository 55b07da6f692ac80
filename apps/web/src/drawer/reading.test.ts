import { describe, expect, it } from 'vitest';
import { STEADY } from '../views/graph/test-data/steady.ts';
import { isOldNews, toReading } from './reading.ts';

const since = '2026-11-23T15:47:10Z';

describe('toReading(graph, about)', () => {
  it('says why latencies are missing, and which', () => {
    const parts = { outboundLatency: { state: 'failed' as const, since, message: 'timed out' } };
    const { failures } = toReading({ ...STEADY, parts }, null);
    expect(failures).toEqual({ inbound: null, outbound: 'timed out', volume: null });
  });

  it('knows that latencies were read from fewer buckets', () => {
    const bounds = [1, 10, 100];
    expect(toReading({ ...STEADY, latencyBoundsMs: bounds }, null).bounds).toEqual(bounds);
  });

  it('takes the bounds of proxies until latencies were read', () => {
    expect(toReading({ ...STEADY, latencyBoundsMs: [] }, null).bounds).toHaveLength(25);
  });
});

describe('toReading(graph, about).older', () => {
  it('says how much older the figures are that are asked at a slower pace', () => {
    const fresh = { state: 'fresh' as const, since, message: null };
    const parts = {
      inboundLatency: { ...fresh, at: '2026-11-23T15:46:50Z' },
      outboundLatency: { ...fresh, at: '2026-11-23T15:47:10Z' },
    };
    expect(toReading({ ...STEADY, at: '2026-11-23T15:47:10Z', parts }, null).older).toEqual({
      inbound: 'latencies 20 s older',
      outbound: null,
      volume: null,
    });
  });
});

describe('isOldNews(graph)', () => {
  it('is true only when the lines themselves are stale', () => {
    const stale = { state: 'stale' as const, since, message: 'gone' };
    expect(isOldNews({ ...STEADY, parts: { outbound: stale } })).toBe(true);
    expect(isOldNews({ ...STEADY, parts: { outboundLatency: stale } })).toBe(false);
    expect(isOldNews(undefined)).toBe(false);
  });
});
