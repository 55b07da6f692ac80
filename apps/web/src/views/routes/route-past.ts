// The past of a route's backends as shares, and where in it the weights were changed. Pure.

import type { RoutePast } from '@latchwork/shared/route-past';

export interface PastBackend {
  readonly target: string;
  /** 0 to 1; null where nobody got anything, or nothing is known. */
  readonly share: readonly (number | null)[];
  readonly successRate: readonly (number | null)[];
}

/** Those that the route has now, in its order, before those that it had: as many as can be told apart, and the rest. */
export function drawnShares(
  past: RoutePast,
  order: readonly string[],
  most: number,
): { drawn: PastBackend[]; rest: PastBackend[] } {
  const placeOf = (target: string) => (order.includes(target) ? order.indexOf(target) : order.length);
  const sorted = pastShares(past).sort((a, b) => placeOf(a.target) - placeOf(b.target));
  return { drawn: sorted.slice(0, most), rest: sorted.slice(most) };
}

export function pastShares({ backends }: RoutePast): PastBackend[] {
  const steps = backends[0]?.rps.length ?? 0;
  const all = Array.from({ length: steps }, (_, step) =>
    backends.reduce((sum, { rps }) => sum + (rps[step] ?? 0), 0),
  );
  return backends.map(({ target, rps, successRate }) => ({
    target,
    share: all.map((total, step) => (total > 0 ? (rps[step] ?? 0) / total : null)),
    successRate,
  }));
}

/** 0 at the first step, 1 at the last; null where it is outside of them. */
export function changeAt({ start, stepSeconds, backends }: RoutePast, since: string): number | null {
  const steps = backends[0]?.rps.length ?? 0;
  const share = (Date.parse(since) - Date.parse(start)) / 1000 / (stepSeconds * Math.max(1, steps - 1));
  return share >= 0 && share <= 1 ? share : null;
}
