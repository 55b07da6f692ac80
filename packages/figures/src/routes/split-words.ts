// What can be said of the two backends of a split: the one on trial, or else the smaller one, is asked about. Pure: words and no pixels.

import type { RouteBackend } from '@latchwork/shared/routes/routes';
import { count } from '../count.ts';
import { figureText } from '../figure.ts';
import { latency } from '../latency.ts';
import { baselineFirst } from './route-words.ts';
import { latencyVerdict, successVerdict, type Verdict } from './split.ts';

/** Of the backends of a route, upper ends of the proxy's own buckets. */
export const BACKEND_BOUNDS_MS = [25, 50, 100, 250, 500, 1_000, 10_000];

export interface SaidVerdict {
  readonly about: 'latency' | 'success';
  readonly headline: string;
  readonly basis: string;
  readonly isWorse: boolean;
}

/** Empty unless exactly two backends of a split got requests or weights. */
export function verdicts(
  backends: readonly RouteBackend[],
  nameOf: (target: string) => string,
  boundsMs: readonly number[],
): SaidVerdict[] {
  const [stable, canary, third] = baselineFirst(backends);
  if (!stable?.golden || !canary?.golden || third) return [];
  const name = nameOf(canary.target);
  const [one, other] = [canary.golden, stable.golden];
  const slower = latencyVerdict(one, other, boundsMs);
  const p95 = (ms: number | null) => figureText(latency(ms, boundsMs));
  const worse = successVerdict(one, other);
  return [
    {
      about: 'latency',
      headline: headlineOf(slower, `${name} is slower`, `${name} is quicker`, 'Alike'),
      basis:
        slower === 'few'
          ? `${count(one.requests)} and ${count(other.requests)} requests; 50 on both sides would be enough`
          : `p95 ${p95(one.p95Ms)} against ${p95(other.p95Ms)}, on ${count(one.requests)} and ${count(other.requests)} requests`,
      isWorse: slower === 'worse',
    },
    {
      about: 'success',
      headline: headlineOf(worse, `${name} fails more`, `${name} fails less`, 'Alike'),
      basis: `${count(one.failures)} of ${count(one.requests)} failed against ${count(other.failures)} of ${count(other.requests)}${worse === 'few' ? '; five failures in all would be enough' : ''}`,
      isWorse: worse === 'worse',
    },
  ];
}

function headlineOf(verdict: Verdict, worse: string, better: string, alike: string): string {
  return { worse, better, alike, few: 'Too few to say' }[verdict];
}
