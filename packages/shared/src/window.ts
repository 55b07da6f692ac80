// The span that every number of an answer covers: a Prometheus duration from 10s to 24h.

import { type Static, Type } from 'typebox';

export const WINDOW_ALLOWED = 'a Prometheus duration from 10s to 24h, such as 1m or 90s';
export const WINDOW_DEFAULT = '1m';
export const WINDOW_MIN_SECONDS = 10;
export const WINDOW_MAX_SECONDS = 86_400;

export const Window = Type.String({
  pattern: '^([0-9]+(ms|s|m|h|d))+$',
  maxLength: 32,
  description: WINDOW_ALLOWED,
  examples: ['1m'],
});
export type Window = Static<typeof Window>;

const UNIT_SECONDS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a duration such as `1m30s`, or null when it is malformed or outside 10s to 24h. */
export function windowSeconds(text: string): number | null {
  if (!/^(\d+(ms|s|m|h|d))+$/.test(text)) return null;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g))
    seconds += Number(count) * (UNIT_SECONDS[unit as string] as number);
  return seconds >= WINDOW_MIN_SECONDS && seconds <= WINDOW_MAX_SECONDS ? seconds : null;
}
