import { describe, expect, it } from 'vitest';
import { STEADY } from '../views/graph/test-data/steady.ts';
import { isOutOfDate, toReading } from './reading.ts';

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

describe('isOutOfDate(live, topic)', () => {
  const live = (state: 'open' | 'lost') => ({ connection: { state, sinceMs: 0, retryAtMs: null } });
  const stale = { state: 'stale' as const, since, message: 'gone' };
  const shown = (part: string) => ({
    trouble: undefined,
    current: { ...STEADY, parts: { [part]: stale } },
  });

  it('is true of parts only when what is shown is made of them', () => {
    expect(isOutOfDate(live('open'), shown('outbound'))).toBe(true);
    expect(isOutOfDate(live('open'), shown('outboundLatency'))).toBe(false);
    expect(isOutOfDate(live('open'), shown('routeRequests'), ['routeRequests'])).toBe(true);
    expect(isOutOfDate(live('open'), { trouble: undefined, current: undefined })).toBe(false);
  });

  it('is true while nothing arrives, and of a stream that ended', () => {
    const fresh = { trouble: undefined, current: STEADY };
    expect(isOutOfDate(live('open'), fresh)).toBe(false);
    expect(isOutOfDate(live('lost'), fresh)).toBe(true);
    expect(isOutOfDate(live('open'), { ...fresh, trouble: 'gone' })).toBe(true);
    expect(isOutOfDate(live('open'), { trouble: undefined, current: { at: since, state: 'failed' } })).toBe(
      true,
    );
    expect(isOutOfDate(live('open'), null)).toBe(false);
  });
});
