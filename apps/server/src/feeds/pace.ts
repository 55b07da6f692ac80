// When to ask again, and over what span: follows the scrape interval that was measured. Pure.

/** A rate needs four scrapes in its window (truth rule 6). */
const SCRAPES_IN_WINDOW = 4;
const UNKNOWN_INTERVAL_SECONDS = 5;
const FAILED_RETRY_SECONDS = 2;

/** A measured interval, without the crumbs of clocks: null when the data had none. */
export function toInterval(measured: number | undefined): number | null {
  if (measured === undefined || !Number.isFinite(measured) || measured <= 0) return null;
  const whole = Math.round(measured);
  return whole > 0 && Math.abs(measured - whole) < 0.1 ? whole : Math.round(measured * 10) / 10;
}

export function widenWindow(askedSeconds: number, intervalSeconds: number | null): number {
  return Math.max(askedSeconds, Math.ceil((intervalSeconds ?? 0) * SCRAPES_IN_WINDOW));
}

/** Seconds from the start of one refresh to the start of the next: a slow store is asked less often. */
export function pauseSeconds(intervalSeconds: number | null, tookSeconds: number, failed: boolean): number {
  const interval = intervalSeconds ?? UNKNOWN_INTERVAL_SECONDS;
  return Math.max(failed ? Math.min(interval, FAILED_RETRY_SECONDS) : interval, tookSeconds * 2);
}
