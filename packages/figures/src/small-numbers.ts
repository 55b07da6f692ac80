// What a count can carry: a share of few requests has no status of its own, only a count.

import { BAD_BELOW } from './targets.ts';
import type { Tone } from './tone.ts';

/** Two-sided 95 %. */
const Z = 1.959964;
/** One failure alone is never a status. */
const FEWEST_FAILURES = 2;

/** The Wilson interval (95 % without another `z`) of the share behind `successes` of `all`; all of it is possible where nothing was counted. */
export function wilson(successes: number, all: number, z = Z): { low: number; high: number } {
  if (all <= 0) return { low: 0, high: 1 };
  const share = Math.min(1, Math.max(0, successes / all));
  const middle = share + z ** 2 / (2 * all);
  const reach = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  const whole = 1 + z ** 2 / all;
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}

/** Requests and failures of a rate over a window, as whole as they were. */
export function countsOf(rps: number, successRate: number, windowSeconds: number) {
  const all = Math.round(rps * windowSeconds);
  const failed = Math.round(all * (1 - successRate));
  // What failed in the window is at least one; sums of fractions may miss 1 by their last digits.
  const least = successRate < 1 - 1e-9 ? 1 : 0;
  return { all, failed: Math.min(all, Math.max(least, failed)) };
}

/** `few`: it is below the target, and the count cannot carry a colour. */
export function countedTone(failed: number, all: number, target: number): Tone | 'few' {
  if (all === 0 || 1 - failed / all >= target) return 'good';
  const { high } = wilson(all - failed, all);
  if (failed < FEWEST_FAILURES || high >= target) return 'few';
  return high < BAD_BELOW ? 'bad' : 'warn';
}
