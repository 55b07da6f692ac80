// When things of the cluster were made: all of it before the simulation began, and in an order that explains what is seen.

/** Namespaces asked for proxies so long before the simulation: after some pods were made, and before others. */
export const INJECTION_AGE_DAYS = 8;
const DAY_MS = 24 * 60 * 60_000;

export interface Timeline {
  readonly namespacesMs: number;
  readonly injectionMs: number;
  readonly workloadsMs: number;
  /** Unix milliseconds so many days before the simulation began. */
  daysBefore(days: number): number;
}

export function toTimeline(startedAtMs: number): Timeline {
  const daysBefore = (days: number) => startedAtMs - days * DAY_MS;
  return {
    namespacesMs: daysBefore(40),
    injectionMs: daysBefore(INJECTION_AGE_DAYS),
    workloadsMs: daysBefore(21),
    daysBefore,
  };
}
