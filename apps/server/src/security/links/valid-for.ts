// How long a signed link is good for. Pure.

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3_600, d: 86_400 };
const LEAST = 3_600;

/** Seconds of `12h` or `30d`; null when malformed, under an hour or over `mostDays`. */
export function validForSeconds(text: string, mostDays: number): number | null {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  const seconds = Number(count) * (UNIT_SECONDS[unit ?? ''] ?? Number.NaN);
  return seconds >= LEAST && seconds <= mostDays * 86_400 ? seconds : null;
}

export function validForAllowed(mostDays: number): string {
  return `a duration from 1h to ${mostDays}d, such as ${Math.min(30, mostDays)}d`;
}
