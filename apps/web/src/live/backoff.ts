// How long to wait before the next attempt: longer each time, never all pages at once.

export const FIRST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 10_000;

/** `attempt` counts from 0; `random` is 0 to 1 and takes away up to half. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 20));
  return Math.round(full * (1 - random / 2));
}
