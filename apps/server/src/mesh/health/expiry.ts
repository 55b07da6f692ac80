// How long something is valid still, in words, and what that means: expired fails, less than 60 days is to be looked at.

import { counted } from '@latchwork/figures/count';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
export const SOON_MS = 60 * DAY_MS;

export type Expiry = 'expired' | 'not yet' | 'soon' | 'fine';

export function expiryOf(untilMs: number, nowMs: number): Exclude<Expiry, 'not yet'> {
  if (untilMs <= nowMs) return 'expired';
  return untilMs - nowMs < SOON_MS ? 'soon' : 'fine';
}

/** "on 14 December 2026, in 21 days"; of the past "on 2 November 2026, 21 days ago". */
export function expiryWords(untilMs: number, nowMs: number): string {
  const away = distance(Math.abs(untilMs - nowMs));
  return `on ${dateOf(untilMs)}, ${untilMs <= nowMs ? `${away} ago` : `in ${away}`}`;
}

export function dateOf(ms: number): string {
  return new Date(ms).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

export function distance(ms: number): string {
  if (ms >= 2 * DAY_MS) return counted(Math.floor(ms / DAY_MS), 'day');
  if (ms >= 2 * HOUR_MS) return counted(Math.floor(ms / HOUR_MS), 'hour');
  return counted(Math.max(0, Math.floor(ms / 60_000)), 'minute');
}
