// Numbers into marks: width, tone, arrow, ring, level of detail. Scales live only here.

import { type Counted, type Success, toldSuccess } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import type { MarkKind } from '../scene/mark-kind.ts';

/** How well. `denied`: policy said no, which is no failure; `none`: nothing was measured, or too little to say. */
export type Tone = 'good' | 'warn' | 'bad' | 'denied' | 'none';

export function toneOfSuccess(requests: Counted, judge: Judge): Tone {
  const tone = toldSuccess(requests, judge)?.tone ?? 'none';
  return tone === 'few' ? 'none' : tone;
}

/** Edges are painted in this order, so that trouble lies on top. */
const TONE_ORDER: readonly Tone[] = ['none', 'good', 'denied', 'warn', 'bad'];
const MARK_ORDER: readonly MarkKind[] = [
  'none',
  'secured',
  'unknown',
  'opaque',
  'plaintext',
  'mixed',
  'refused',
  'broken',
];

/** Compares two links by when they are painted: by tone, then by lock, then by id; the selected one last. */
export function paintOrder(
  a: { tone: Tone; mark: MarkKind; id: string },
  b: { tone: Tone; mark: MarkKind; id: string },
  selectedId: string | null = null,
): number {
  return (
    Number(a.id === selectedId) - Number(b.id === selectedId) ||
    TONE_ORDER.indexOf(a.tone) - TONE_ORDER.indexOf(b.tone) ||
    MARK_ORDER.indexOf(a.mark) - MARK_ORDER.indexOf(b.mark) ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Compares two links by how much their marks matter: by what the mark says, then by tone. */
export function markOrder(
  a: { tone: Tone; mark: MarkKind; id: string },
  b: { tone: Tone; mark: MarkKind; id: string },
): number {
  return (
    MARK_ORDER.indexOf(a.mark) - MARK_ORDER.indexOf(b.mark) ||
    TONE_ORDER.indexOf(a.tone) - TONE_ORDER.indexOf(b.tone) ||
    (a.id < b.id ? -1 : 1)
  );
}

const THIN_WIDTH = 1.75;
const WIDTH_RANGE = 4.25;
/** On a map the strongest are alike: at full width they would be a carpet. */
export const MAP_WIDTH_RANGE = 2.25;

/** `ceiling` is the rate of the widest line, from `rateCeiling`. */
export function linkWidth(
  link: { http: { rps: number } | null; mark: MarkKind; unreachedRps: number },
  ceiling: number,
  most = WIDTH_RANGE,
): number {
  if (link.mark === 'refused') return THIN_WIDTH;
  const rps = (link.http?.rps ?? 0) + link.unreachedRps;
  return rps === 0 ? THIN_WIDTH : 1.25 + most * ratePlace(rps, ceiling);
}

/** 0 to 1: where a rate stands below the largest that is drawn. */
export function ratePlace(rps: number, ceiling: number): number {
  return Math.log10(1 + 3 * Math.min(rps, ceiling)) / Math.log10(1 + 3 * ceiling);
}

/** The smallest of 1, 3, 10, 30, 100 … that is not below `maxRps`. */
export function rateCeiling(maxRps: number): number {
  let ceiling = 1;
  for (let step = 0; ceiling < maxRps && step < 24; step++)
    ceiling = step % 2 === 0 ? 3 * 10 ** (step / 2) : 10 ** ((step + 1) / 2);
  return ceiling;
}

export interface Ceiling {
  ceiling: number;
  /** Since when the traffic would allow a lower one; null while it does not. */
  belowSinceMs: number | null;
}

const HOLD_MS = 5 * 60_000;

/** Rises at once and falls only after 5 minutes below the next step, so that widths do not breathe. */
export function nextCeiling(previous: Ceiling | null, maxRps: number, nowMs: number): Ceiling {
  const wanted = rateCeiling(maxRps);
  if (previous === null || wanted >= previous.ceiling) return { ceiling: wanted, belowSinceMs: null };
  const belowSinceMs = previous.belowSinceMs ?? nowMs;
  return nowMs - belowSinceMs >= HOLD_MS
    ? { ceiling: wanted, belowSinceMs: null }
    : { ceiling: previous.ceiling, belowSinceMs };
}

/** As long as it is wide. */
export function arrowSize(width: number): number {
  return Math.max(7, width + 4.5);
}

/** `stroke-dasharray` of the line, null for a solid one. */
export function dashOf(link: { protocol: 'http' | 'tcp'; mark: MarkKind }): string | null {
  if (link.mark === 'refused') return '1 3.5';
  return link.protocol === 'tcp' ? '7 4' : null;
}

/** Shares of the circle, from 12 o'clock, clockwise; `tone` is null for failures within the target. */
export interface Ring {
  failing: { from: number; to: number; tone: 'warn' | 'bad' | null } | null;
  rest: { from: number; to: number } | null;
}

const LEAST_FAILING = 0.035; // so that it can be seen
const RING_GAP = 0.02;

/** Null without a success rate: then the ring is drawn dashed and empty. */
export function ringOf(successRate: number | null, tone: Success['tone'] | null): Ring | null {
  if (successRate === null) return null;
  if (successRate >= 1) return { failing: null, rest: { from: 0, to: 1 } };
  const failingTone = tone === 'warn' || tone === 'bad' ? tone : null;
  const failing = Math.max(LEAST_FAILING, 1 - successRate);
  if (failing > 1 - 2 * RING_GAP) return { failing: { from: 0, to: 1, tone: failingTone }, rest: null };
  return {
    failing: { from: 0, to: failing, tone: failingTone },
    rest: { from: failing + RING_GAP, to: 1 - RING_GAP },
  };
}

/** `stroke-dasharray` and turn in degrees of an arc on a circle that starts at 3 o'clock, as SVG's does. */
export function arcOf(
  { from, to }: { from: number; to: number },
  radius: number,
): { dash: string; turn: number } {
  const round = 2 * Math.PI * radius;
  return { dash: `${((to - from) * round).toFixed(2)} ${round.toFixed(2)}`, turn: 360 * from - 90 };
}

export type Detail = 'near' | 'middle' | 'far';

export const LEAST_ZOOM = 0.48;

/** Names never fall below 10 px on the screen. Below `LEAST_ZOOM` the graph folds instead of shrinking on. */
export function detailOf(zoom: number): Detail {
  if (zoom >= 0.8) return 'near';
  return zoom >= 0.6 ? 'middle' : 'far';
}
