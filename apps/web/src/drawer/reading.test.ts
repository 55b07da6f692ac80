import { describe, expect, it } from 'vitest';
import { finding } from '../test-data/finding.ts';
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
    const diagnoses = [finding({ code: 'coarse-latency', what: '', remedy: '' })];
    expect(toReading({ ...STEADY, diagnoses }, null).bounds.length).toBeLessThan(
      toReading(STEADY, null).bounds.length,
    );
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
