// How long a signed link is good for. Pure.

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3_600, d: 86_400 };
const LEAST = 3_600;
const MOST = 366 * 86_400;

/** Seconds of `12h` or `30d`; null when malformed, under an hour or over a year. */
export function validForSeconds(text: string): number | null {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  const seconds = Number(count) * (UNIT_SECONDS[unit ?? ''] ?? Number.NaN);
  return seconds >= LEAST && seconds <= MOST ? seconds : null;
}
