// One line as shapes: casing, line, and arrow, bar or stub. How well is its colour, how much its width, TCP its dashes.

import type { PlacedLink } from '../layout/place.ts';
import type { Link } from '../scene/link.ts';
import { arrowSize, dashOf, type Tone } from './encode.ts';
import { arrowPath, barPath, lineEnd, linkPath, stubPath } from './geometry.ts';
import type { Ink, Path } from './shape.ts';

const INKS: Record<Tone, Ink> = {
  good: 'edgeGood',
  warn: 'warnMark',
  bad: 'badMark',
  denied: 'neutral',
  none: 'neutral',
};

/** Of a link, what its drawing depends on. */
export type DrawnLink = Pick<Link, 'mark' | 'tone' | 'protocol'>;

/** The casing is left out for the first px, so that it does not eat its neighbours at the port. */
const CASING_DASH = '0 24 99999';

export interface LinkDrawing {
  /** The course of the line alone: what a pointer meets. */
  d: string;
  shapes: readonly Path[];
}

export function linkDrawing(link: DrawnLink, { points }: PlacedLink, width: number): LinkDrawing {
  const d = linkPath(points, lineEnd(link.mark));
  const stroke = INKS[link.tone];
  const dash = dashOf(link);
  return {
    d,
    shapes: [
      { is: 'path', d, stroke: 'box', strokeWidth: tidy(width + 3), dash: CASING_DASH, role: 'casing' },
      {
        is: 'path',
        d,
        stroke,
        strokeWidth: tidy(width),
        ...(dash && { dash }),
        ...(link.mark === 'refused' && { isRound: true as const }),
        role: 'line',
      },
      tip(link, points.at(-1) ?? { x: 0, y: 0 }, width, stroke),
    ],
  };
}

function tip({ mark }: DrawnLink, end: { x: number; y: number }, width: number, ink: Ink): Path {
  if (mark === 'refused')
    return { is: 'path', d: barPath(end), stroke: ink, strokeWidth: 2.5, isRound: true, role: 'tip' };
  if (mark === 'broken')
    return {
      is: 'path',
      d: stubPath(end),
      stroke: ink,
      strokeWidth: tidy(width),
      dash: '2 3',
      opacity: 0.6,
      role: 'tip',
    };
  return { is: 'path', d: arrowPath(end, arrowSize(width)), fill: ink, role: 'tip' };
}

function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}
