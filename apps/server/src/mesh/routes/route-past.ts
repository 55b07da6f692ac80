// Lines of a range → the past of a route's backends, step by step. Pure.

import type { RoutePast } from '@latchwork/shared/routes/route-past';
import type { SampleLine } from '../../sources/prometheus/sample.ts';
import { backendOf } from './route-rows.ts';
import { isSuccess, Tally } from './tally.ts';

export interface PastSpan {
  /** Unix seconds of the first step. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly steps: number;
}

/** A step in which a backend had no series is null, not 0. */
export function toRoutePast(lines: readonly SampleLine[], span: PastSpan): RoutePast {
  const { startSeconds, stepSeconds, steps } = span;
  const backends = new Map<string, (Tally | null)[]>();
  for (const { labels, points } of lines) {
    const target = backendOf(labels);
    if (target === null) continue;
    const tallies = backends.get(target) ?? Array.from({ length: steps }, () => null);
    backends.set(target, tallies);
    for (const [at, value] of points) {
      const step = Math.round((at - startSeconds) / stepSeconds);
      if (step < 0 || step >= steps || !Number.isFinite(value)) continue;
      const tally = tallies[step] ?? new Tally();
      tally.add(value, isSuccess(labels));
      tallies[step] = tally;
    }
  }
  return {
    start: new Date(startSeconds * 1000).toISOString(),
    stepSeconds,
    backends: [...backends]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([target, tallies]) => ({
        target,
        rps: tallies.map((tally) => tally?.rps ?? null),
        successRate: tallies.map((tally) => tally?.successRate ?? null),
      })),
  };
}
