// What of the traffic a tap has seen, and what it has not, in words and shares. Pure.

import { count } from '@latchwork/figures/count';
import { wholePercentText } from '@latchwork/figures/percent';
import type { Top } from '@latchwork/shared/tap/top';

export interface Sampling {
  seen: number;
  /** Requests that there were, by metrics; null when unknown. */
  about: number | null;
  /** 0 to 1; null when unknown. */
  share: number | null;
  lost: number;
  /** Each in a phrase of its own. */
  lostBecause: readonly string[];
  /** What was left out on purpose, or has not come. */
  asides: readonly string[];
}

/** Metrics cover a window and a tap starts at once: below this many seconds an estimate would be a guess. */
const ESTIMATE_AFTER_SECONDS = 5;

/** A top, or the requests one by one. */
export type Sampled = Pick<Top, 'since' | 'at' | 'state' | 'message' | 'remedy'> & {
  counters: Omit<Top['counters'], 'rowsDropped'> & { rowsDropped?: number; dropped?: number };
};

export function sampling({ since, at, state, counters }: Sampled): Sampling {
  const seconds = Math.max(0, (Date.parse(at) - Date.parse(since)) / 1000);
  const {
    requests,
    aboutRps,
    lost,
    expired,
    rowsDropped = 0,
    dropped = 0,
    hidden = 0,
    bothSides = 0,
  } = counters;
  const isRunning = state === 'streaming' && seconds >= ESTIMATE_AFTER_SECONDS;
  const estimate = aboutRps === null || !isRunning ? null : Math.round(aboutRps * seconds);
  const about = estimate === null || estimate === 0 ? null : estimate;
  // What was seen was there: an estimate from a window before it cannot make a share of it.
  const isExceeded = about !== null && requests > about;
  return {
    seen: requests,
    about,
    share: about === null || isExceeded ? null : requests / about,
    lost: lost.reduce((sum, part) => sum + part.count, 0),
    lostBecause: lost.map((part) => `${count(part.count)}: ${part.reason}`),
    asides: [
      hidden > 0 ? `${count(hidden)} probes and scrapes left out` : null,
      bothSides > 0 ? `${count(bothSides)} told by the target’s side too, not counted again` : null,
      expired > 0 ? `${count(expired)} without an end within a minute` : null,
      dropped > 0 ? `${count(dropped)} older ones are not held any more` : null,
      rowsDropped > 0 ? `${count(rowsDropped)} old rows dropped to make room` : null,
    ].filter((aside) => aside !== null),
  };
}

/** "of about 2 550 requests seen (44 %)". */
export function samplingText({ about, share, seen }: Sampling): string {
  const words = `${seen === 1 ? 'request' : 'requests'} seen`;
  if (about === null) return words;
  if (share === null) return `${words}, more than the ${count(about)} of the minute before`;
  return `of about ${count(about)} requests seen (${wholePercentText(share)})`;
}
