// The past of a route's backends as shares, and where in it the weights were changed. Pure.

import type { RoutePast } from '@latchwork/shared/routes/route-past';

export interface PastBackend {
  readonly target: string;
  /** 0 to 1; null where nobody got anything, or nothing is known. */
  readonly share: readonly (number | null)[];
  readonly successRate: readonly (number | null)[];
}

/** From the first step in which a backend has a share: before it nothing was counted, or nothing is kept. */
export function sinceCounted(past: RoutePast): RoutePast {
  const first = pastShares(past).reduce((least, { share }) => {
    const known = share.findIndex((point) => point !== null);
    return known < 0 ? least : Math.min(least, known);
  }, stepsOf(past));
  if (first === 0 || first === stepsOf(past)) return past;
  const { start, stepSeconds } = past;
  return {
    start: new Date(Date.parse(start) + first * stepSeconds * 1000).toISOString(),
    stepSeconds,
    backends: past.backends.map(({ target, rps, successRate }) => ({
      target,
      rps: rps.slice(first),
      successRate: successRate.slice(first),
    })),
  };
}

export function stepsOf({ backends }: RoutePast): number {
  return backends[0]?.rps.length ?? 0;
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

export function pastShares(past: RoutePast): PastBackend[] {
  const { backends } = past;
  const all = Array.from({ length: stepsOf(past) }, (_, step) =>
    backends.reduce((sum, { rps }) => sum + (rps[step] ?? 0), 0),
  );
  return backends.map(({ target, rps, successRate }) => ({
    target,
    share: all.map((total, step) => (total > 0 ? (rps[step] ?? 0) / total : null)),
    successRate,
  }));
}

/** 0 at the first step, 1 at the last; null where it is outside of them. */
export function changeAt(past: RoutePast, since: string): number | null {
  const { start, stepSeconds } = past;
  const share =
    (Date.parse(since) - Date.parse(start)) / 1000 / (stepSeconds * Math.max(1, stepsOf(past) - 1));
  return share >= 0 && share <= 1 ? share : null;
}
