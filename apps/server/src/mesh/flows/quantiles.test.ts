import { describe, expect, it } from 'vitest';
import { Buckets, NO_QUANTILES } from './quantiles.ts';

function buckets(rates: Readonly<Record<string, number>>): Buckets {
  const found = new Buckets();
  for (const [le, rate] of Object.entries(rates)) found.add(le, rate);
  return found;
}

describe('Buckets.quantiles(): truth rule 7', () => {
  it('takes bounds as numbers: the 1.0 of Prometheus 3 is the 1 of Prometheus 2', () => {
    const two = buckets({ '1': 2, '10': 6, '+Inf': 8 });
    const three = buckets({ '1.0': 2, '10.0': 6, '+Inf': 8 });
    expect(three.quantiles()).toEqual(two.quantiles());
    const mixed = buckets({ '1.0': 1, '1': 1, '10': 3, '10.0': 3, '+Inf': 8 });
    expect(mixed.quantiles()).toEqual(two.quantiles());
  });

  it('sorts 2 before 10, whatever order they came in', () => {
    const { p50Ms } = buckets({ '10': 8, '+Inf': 8, '2': 4 }).quantiles();
    expect(p50Ms).toBe(2);
  });

  it('interpolates within the bucket, from 0 in the first', () => {
    expect(buckets({ '100': 0, '200': 10, '+Inf': 10 }).quantiles()).toEqual({
      p50Ms: 150,
      p95Ms: 195,
      p99Ms: 199,
    });
    expect(buckets({ '10': 10, '+Inf': 10 }).quantiles().p50Ms).toBe(5);
  });

  it('repairs buckets that hold less than the one before', () => {
    const broken = buckets({ '1': 5, '2': 4.9, '5': 10, '+Inf': 9.9 }).quantiles();
    const repaired = buckets({ '1': 5, '2': 5, '5': 10, '+Inf': 10 }).quantiles();
    expect(broken).toEqual(repaired);
  });

  it('answers the highest finite bound when the value lies above it', () => {
    expect(buckets({ '50000': 1, '+Inf': 10 }).quantiles().p99Ms).toBe(50_000);
  });

  it('knows nothing without observations, without +Inf, or of NaN (truth rule 8)', () => {
    expect(new Buckets().quantiles()).toEqual(NO_QUANTILES);
    expect(buckets({ '1': 0, '+Inf': 0 }).quantiles()).toEqual(NO_QUANTILES);
    expect(buckets({ '1': 3, '2': 3 }).quantiles()).toEqual(NO_QUANTILES);
    expect(buckets({ '+Inf': 3 }).quantiles()).toEqual(NO_QUANTILES);
    expect(buckets({ '1': Number.NaN, '+Inf': Number.NaN }).quantiles()).toEqual(NO_QUANTILES);
  });

  it('lives with thinned buckets', () => {
    const { p50Ms, p99Ms } = buckets({ '10': 0, '1000': 90, '+Inf': 100 }).quantiles();
    expect(p50Ms).toBeCloseTo(560, 0);
    expect(p99Ms).toBe(1000);
  });
});
