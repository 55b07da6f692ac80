// What cards of the map have in common: name, share, ring with the number inside, figures, and what more there is.

import { counted } from '@latchwork/figures/count';
import { figureText } from '@latchwork/figures/figure';
import { type Glyph, LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { percentText, wholePercentText } from '@latchwork/figures/percent';
import { rate } from '@latchwork/figures/rate';
import { toldSuccess } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import { type RingPlace, ringShapes } from '../draw/ring-shapes.ts';
import { glyphShape, type Ink, type Measure, type Shape, type Span, words } from '../draw/shape.ts';
import type { OverviewCard } from './overview-card.ts';
import { middleFitted } from './overview-detail.ts';
import { figureSpan, tenth, titled } from './pieces.ts';

export function nameShape(
  { label }: OverviewCard,
  x: number,
  y: number,
  size: number,
  room: number,
  measure: Measure,
): Shape {
  return words(x, tenth(y), size, 600, 'text', middleFitted(label, size, 600, room, measure));
}

/** Null where all that was measured is secured. */
export function openLock(share: number | null): Glyph | null {
  if (share === null || share >= 1) return null;
  return LOCK_GLYPHS[share > 0 ? 'mixed' : 'plaintext'];
}

/** The share secured with its lock, up to `right`; and how much room it takes. */
export function shareShapes(
  { securedShare }: OverviewCard,
  right: number,
  y: number,
  size: number,
  measure: Measure,
) {
  if (securedShare === null) return { shapes: [], width: 0 };
  const text = wholePercentText(securedShare);
  const lock = openLock(securedShare);
  const width = measure(text, size, lock ? 600 : 400);
  const shapes: Shape[] = [
    glyphShape(
      lock ?? LOCK_GLYPHS.secured,
      tenth(right - width - 15),
      y - 9.5,
      0.85,
      lock ? 'lockMixed' : 'lockSecured',
    ),
    words(right, y, size, lock ? 600 : 400, lock ? 'lockMixed' : 'text3', text, 'end'),
  ];
  return { shapes, width: width + 16 };
}

/** With the number of workloads in it. */
export function countedRing(card: OverviewCard, judge: Judge, place: RingPlace): Shape[] {
  const { workloads } = card;
  const size = workloads > 99 ? 9.5 : 11;
  return [
    ...ringShapes(card, judge, place),
    words(place.x, place.y + 3.8, size, 600, 'text2', String(workloads), 'middle'),
  ];
}

/** The rate, and success where it is below its target: as a share, or as a count where that says no more. */
export function toldFigures(card: OverviewCard, judge: Judge): Span[] {
  const { rps, openConnections } = card;
  if (rps === null)
    return openConnections === null
      ? [figureSpan('no traffic in', 'text3')]
      : [figureSpan(counted(Math.round(openConnections), 'conn'), 'text2', 500)];
  const { value, unit } = rate(rps);
  const spans = [figureSpan(value, 'text2', 500), figureSpan(unit, 'text3')];
  const success = toldSuccess(card, judge);
  if (success === null || success.tone === 'good') return spans;
  const text = figureText(success.short);
  const span =
    success.tone === 'few' ? figureSpan(text, 'text3', 400, 7) : figureSpan(text, success.tone, 600, 7);
  return [...spans, span];
}

/** What is said of a hub, for few of its lines are drawn, or none. */
export function hubWords({ isHub, calledBy, calls }: OverviewCard): string | null {
  if (!isHub) return null;
  return calledBy >= calls ? `${calledBy} call it` : `calls ${calls}`;
}

export function moreShapes({ more }: OverviewCard, right: number, y: number, size: number): Shape[] {
  if (more === 0) return [];
  const text = `+${more}`;
  return [
    titled(`${counted(more, 'more line')}, not drawn`, [words(right, y, size, 400, 'text3', text, 'end')]),
  ];
}

/** What is wrong with a workload, in a line of the list on a large card. */
export function factShapes(
  { facts }: OverviewCard,
  width: number,
  size: number,
  right: number,
  measure: Measure,
): Shape[] {
  if (facts.length === 0) return [];
  const line = ({ name, success, openCallers }: OverviewCard['facts'][number], y: number): Shape[] => {
    const text = success ? percentText(success.rate) : `from ${openCallers}`;
    const ink: Ink = success ? success.tone : 'lockPlain';
    const left = right - measure(text, size, 600) - (success ? 0 : 18);
    return [
      words(14, y, size, 400, 'text2', middleFitted(name, size, 400, left - 24, measure)),
      ...(success ? [] : [glyphShape(LOCK_GLYPHS.plaintext, tenth(left), y - 9.5, 0.9, 'lockPlain')]),
      words(right, y, size, 600, ink, text, 'end'),
    ];
  };
  return [
    { is: 'path', d: `M12 71.5h${width - 24}`, stroke: 'line', strokeWidth: 1 },
    ...facts.flatMap((fact, i) => line(fact, 86 + 16 * i)),
  ];
}
