// Success as it is told: a percentage where the count can carry one, else the count itself. One rule for cards, lines,
// tables, drawers, filters and pictures.

import type { Golden } from '@latchwork/shared/golden';
import { count } from './count.ts';
import { type Figure, figureText } from './figure.ts';
import { percent } from './percent.ts';
import { countedTone } from './small-numbers.ts';
import type { Judge } from './targets.ts';
import type { Tone } from './tone.ts';

/** From so many requests on, "100 %" says as much as the count. */
const MANY = 100;

export interface Success {
  /** `few`: below the target by too few requests to say so, and told without colour or mark. */
  tone: Tone | 'few';
  /** "98.9 %", "1 of 14 failed", "all 14". */
  figure: Figure;
  /** The same where there is little room: "1 failed". */
  short: Figure;
}

/** Requests of the window, and how many of them failed. */
export type Counted = Pick<Golden, 'successRate' | 'requests' | 'failures'>;

/** Null without requests, or where nobody told how they ended. */
export function toldSuccess(
  { successRate, requests, failures }: Counted,
  { successTarget }: Judge,
): Success | null {
  return successRate === null ? null : toldCounts(failures, requests, successTarget, successRate);
}

/** `share`: as exact as it is known. */
export function toldCounts(
  failed: number,
  all: number,
  successTarget: number,
  share = all === 0 ? 1 : 1 - failed / all,
): Success {
  const tone = countedTone(failed, all, successTarget);
  if (tone === 'few')
    return {
      tone,
      figure: { value: `${count(failed)} of ${count(all)}`, unit: ' failed' },
      short: { value: count(failed), unit: ' failed' },
    };
  const figure = failed === 0 && all > 0 && all < MANY ? { value: `all ${all}`, unit: '' } : percent(share);
  return { tone, figure, short: figure };
}

/** For reading aloud. */
export function spokenSuccess({ figure }: Success): string {
  if (figure.unit === ' %') return `${figure.value} percent success`;
  return figure.unit === '' ? `${figure.value} succeeded` : figureText(figure);
}
