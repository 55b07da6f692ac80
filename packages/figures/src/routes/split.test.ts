import { describe, expect, it } from 'vitest';
import { latencyVerdict, successVerdict } from './split.ts';

const of = (requests: number, failures: number, p95Ms: number | null = null) => ({
  requests,
  failures,
  p95Ms,
});

describe('successVerdict(one, other)', () => {
  it('says nothing of two failures, however small the number', () => {
    expect(successVerdict(of(116, 2), of(1006, 0))).toBe('few');
  });

  it('calls worse what chance does not explain', () => {
    expect(successVerdict(of(120, 12), of(1000, 10))).toBe('worse');
    expect(successVerdict(of(1000, 10), of(120, 12))).toBe('better');
  });

  it('calls alike what chance explains', () => {
    expect(successVerdict(of(120, 2), of(1000, 10))).toBe('alike');
  });

  it('ends with any counts', () => {
    expect(successVerdict(of(5_000_000, 2_000_000), of(5_000_000, 2_100_000))).toBe('better');
  });
});

describe('latencyVerdict(one, other)', () => {
  it('compares buckets, and only with enough requests', () => {
    expect(latencyVerdict(of(116, 0, 166), of(1006, 0, 45))).toBe('worse');
    expect(latencyVerdict(of(116, 0, 46), of(1006, 0, 45))).toBe('alike');
    expect(latencyVerdict(of(49, 0, 166), of(1006, 0, 45))).toBe('few');
    expect(latencyVerdict(of(100, 0, null), of(1006, 0, 45))).toBe('few');
  });
});
