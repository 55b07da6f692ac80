// When to ask again, and over what span: follows the scrape interval that was measured. Pure.

/** A rate needs four scrapes in its window (truth rule 6). */
const SCRAPES_IN_WINDOW = 4;
const UNKNOWN_INTERVAL_SECONDS = 5;
const FAILED_RETRY_SECONDS = 2;

export function widenWindow(askedSeconds: number, intervalSeconds: number | null): number {
  return Math.max(askedSeconds, Math.ceil((intervalSeconds ?? 0) * SCRAPES_IN_WINDOW));
}

/** No sample of a mesh that is scraped is so old, in intervals, unless samples arrive late. */
const LATE_INTERVALS = 1.5;

/**
 * Seconds by which samples arrive late, from the median age of the newest ones: half an interval is as old as they are
 * anyway. 0 when they are in time, or nothing is known.
 */
export function toLag(ageSeconds: number | null, intervalSeconds: number | null): number {
  if (ageSeconds === null || intervalSeconds === null || ageSeconds <= LATE_INTERVALS * intervalSeconds)
    return 0;
  return Math.floor(ageSeconds - intervalSeconds / 2);
}

interface LastRound {
  readonly intervalSeconds: number | null;
  readonly tookSeconds: number;
  /** Nothing was answered at all. */
  readonly failed: boolean;
}

/**
 * Seconds from the start of one round to the start of the next: a slow store is asked less often; one that is gone is
 * knocked at quickly, with one question.
 */
export function pauseSeconds({ intervalSeconds, tookSeconds, failed }: LastRound): number {
  const interval = intervalSeconds ?? UNKNOWN_INTERVAL_SECONDS;
  return Math.max(failed ? Math.min(interval, FAILED_RETRY_SECONDS) : interval, tookSeconds * 2);
}
