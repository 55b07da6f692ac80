// The part of the history that is there: a server that has just started knows little of the past. Pure.

import type { History } from '@latchwork/shared/history';

/** Fewer points than these would be a line that says more than it knows. */
const LEAST = 12;

/** All series cut at the same place, so that they stay comparable: before it no workload has a point. */
export function recentHistory(history: History | undefined): History['workloads'] {
  const series = Object.entries(history?.workloads ?? {});
  const length = series[0]?.[1].rps.length ?? 0;
  let from = length;
  for (const [, { rps }] of series) {
    const first = rps.findIndex((value) => value !== null);
    if (first !== -1) from = Math.min(from, first);
  }
  from = Math.max(0, Math.min(from, length - LEAST));
  if (from === 0) return history?.workloads ?? {};
  return Object.fromEntries(
    series.map(([id, { rps, successRate }]) => [
      id,
      { rps: rps.slice(from), successRate: successRate.slice(from) },
    ]),
  );
}
