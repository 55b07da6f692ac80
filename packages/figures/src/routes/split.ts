// Two backends of one split held against each other: which is worse, by how much, and whether the count can carry it.

import type { Golden } from '@latchwork/shared/golden';
import { PROXY_BOUNDS_MS } from '../latency.ts';

/** Fewer failures than these on both sides together say nothing. */
const FEWEST_FAILURES = 5;
const SURE = 0.01;
/** So many requests on either side before a p95 is compared. */
const FEWEST_REQUESTS = 50;

type Counted = Pick<Golden, 'requests' | 'failures' | 'p95Ms'>;

export type Verdict = 'worse' | 'better' | 'alike' | 'few';

/** Whether `one` fails more than `other`: Fisher's exact test, two-sided. */
export function successVerdict(one: Counted, other: Counted): Verdict {
  if (one.failures + other.failures < FEWEST_FAILURES) return 'few';
  const p = fisher(one.failures, one.requests, other.failures, other.requests);
  if (p >= SURE) return 'alike';
  return one.failures / one.requests > other.failures / other.requests ? 'worse' : 'better';
}

/** Whether the p95 of `one` lies in a higher bucket than that of `other`. */
export function latencyVerdict(
  one: Counted,
  other: Counted,
  bounds: readonly number[] = PROXY_BOUNDS_MS,
): Verdict {
  if (Math.min(one.requests, other.requests) < FEWEST_REQUESTS) return 'few';
  if (one.p95Ms === null || other.p95Ms === null) return 'few';
  const [a, b] = [bucketOf(one.p95Ms, bounds), bucketOf(other.p95Ms, bounds)];
  return a === b ? 'alike' : a > b ? 'worse' : 'better';
}

function bucketOf(ms: number, bounds: readonly number[]): number {
  const index = bounds.findIndex((bound) => ms <= bound);
  return index < 0 ? bounds.length : index;
}

/** The chance of a table at least as uneven as this one, if both failed alike. Bounded by the fewer failures. */
function fisher(a: number, ofA: number, b: number, ofB: number): number {
  const failures = a + b;
  const chance = (x: number) =>
    Math.exp(logChoose(ofA, x) + logChoose(ofB, failures - x) - logChoose(ofA + ofB, failures));
  const seen = chance(a);
  let p = 0;
  // More than that many terms are each too small to matter.
  const from = Math.max(0, failures - ofB, a - MOST_TERMS);
  const to = Math.min(failures, ofA, a + MOST_TERMS);
  for (let x = from; x <= to; x++) {
    const each = chance(x);
    if (each <= seen * (1 + 1e-7)) p += each;
  }
  return Math.min(1, p);
}

const MOST_TERMS = 10_000;

function logChoose(n: number, k: number): number {
  return k < 0 || k > n ? Number.NEGATIVE_INFINITY : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Stirling's series: exact to 1e-8 from 8 on, below by recurrence. */
function logGamma(x: number): number {
  let [z, shift] = [x, 0];
  while (z < 8) {
    shift += Math.log(z);
    z += 1;
  }
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5);
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift;
}
