// A configured weight beside the share that came of it: on a line, in a drawer, at a route. Pure.

import { moment } from '../clock.ts';
import { count } from '../count.ts';
import { percentText } from '../percent.ts';
import { wilson } from '../small-numbers.ts';

/** `weight` and `share` are 0 to 1; `share` of so many requests, null without any. */
export interface Weighed {
  readonly weight: number;
  readonly share: number | null;
  readonly requests: number;
}

/** Two-sided 99.9 %: asked with every refresh, chance would else be called wrong every few minutes. */
const SURE_Z = 3.290527;

/** The shares that chance alone would make of a weight with so many requests. */
export function likelyShares(weight: number, requests: number): { low: number; high: number } {
  return wilson(weight * requests, requests, SURE_Z);
}

/** "20 %", and "33.3 %" where it is no whole number. */
export function weightText(weight: number): string {
  const percent = Number((weight * 100).toFixed(6));
  return Number.isInteger(percent) ? `${percent} %` : percentText(weight);
}

/** What stands on a line, with the share only where chance does not explain it. */
export function splitFigure(weighed: Weighed): string {
  const { weight, share } = weighed;
  const said = `weight ${weightText(weight)}`;
  return share === null || isAsConfigured(weighed) ? said : `${said}, got ${percentText(share)}`;
}

/** What the share says of the weight; empty without requests. */
export function shareWords(weighed: Weighed): string {
  const { weight, share, requests } = weighed;
  if (share === null) return '';
  const { low, high } = likelyShares(weight, requests);
  const chance = `chance alone makes ${percentText(low)} to ${percentText(high)}`;
  return isAsConfigured(weighed)
    ? `as configured: ${chance} with ${count(requests)} requests`
    : `not what is configured: with ${count(requests)} requests ${chance}; weights that just changed take a window to show`;
}

/** Whether chance explains the difference; with no share there is none to explain. */
export function isAsConfigured({ weight, share, requests }: Weighed): boolean {
  const { low, high } = likelyShares(weight, requests);
  return share === null || share === weight || (share >= low && share <= high);
}

/** `since` is RFC 3339. */
export function sinceWords(since: string): string {
  return `Weights unchanged since ${moment(since)}, at least.`;
}
