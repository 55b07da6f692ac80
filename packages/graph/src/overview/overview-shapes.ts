// A card of the map as shapes, from its upper left corner, at each distance it is seen from: one drawing for page and pictures.

import { counted } from '@latchwork/figures/count';
import { GLOBE, GLOBE_DASHED } from '@latchwork/figures/glyphs';
import { rateText } from '@latchwork/figures/rate';
import { toldSuccess } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import {
  glyphShape,
  type Ink,
  type Measure,
  type Rect,
  type Shape,
  type Span,
  words,
} from '../draw/shape.ts';
import {
  countedRing,
  factShapes,
  hubWords,
  moreShapes,
  nameShape,
  openLock,
  shareShapes,
  toldFigures,
} from './card-pieces.ts';
import { chipRow, chipsIn, chipsOut, leastWidth } from './chip-shapes.ts';
import { addedCounts, countShapes } from './count-shapes.ts';
import type { Form } from './form.ts';
import type { OverviewCard } from './overview-card.ts';
import type { OverviewDetail } from './overview-detail.ts';
import { figureSpan, figures, stroke, tenth } from './pieces.ts';
import { cardHeight } from './place-cards.ts';

export interface OverviewSight {
  form: Form;
  detail: OverviewDetail;
  successTarget: number;
  measure: Measure;
}

const RIGHT = 11;
const APART = 4;
/** From afar the lock is shown only where less than this is secured. */
const MOSTLY_SECURED = 0.75;
/** What counts grow by there. */
const FROM_AFAR = 1.4;
const STRIPES = { good: 'goodMark', warn: 'warnMark', bad: 'badMark' } as const;

/** `lit`: the hub whose chips are lit, for somebody points at it. */
export function overviewShapes(card: OverviewCard, sight: OverviewSight, lit: string | null = null): Shape[] {
  const { form, detail } = sight;
  const plate = plateOf(card, form);
  if (detail === 'middle' || detail === 'far') return [plate, ...distant(card, sight)];
  if (card.isPeer) return [plate, ...peer(card, sight)];
  if (form.name === 'small') return [plate, ...small(card, sight)];
  return [plate, ...(form.name === 'large' ? large(card, sight, lit) : middle(card, sight, lit))];
}

/** Of the corners. */
export function plateRadius({ isPeer }: OverviewCard, { name }: Form): number {
  if (isPeer) return 16;
  return name === 'small' ? 8 : 12;
}

function plateOf(card: OverviewCard, form: Form): Rect {
  const place = { x: 0, y: 0, width: form.width, height: cardHeight(form, card.isPeer) };
  const plate = { is: 'rect', ...place, radius: plateRadius(card, form), role: 'plate' } as const;
  return card.isPeer
    ? { ...plate, fill: 'sunken', stroke: 'line3', dash: '4 3' }
    : { ...plate, fill: 'surface', stroke: 'line2' };
}

/** Nearer to the edge of what can be read words grow. */
function sizesOf(detail: OverviewDetail): [name: number, line: number] {
  return detail === 'close' ? [14, 12] : [12.5, 11];
}

function large(
  card: OverviewCard,
  { form: { width, height }, detail, successTarget, measure }: OverviewSight,
  lit: string | null,
): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const right = width - RIGHT;
  const share = shareShapes(card, right, 22, size, measure);
  const second = hubWords(card) ?? counted(card.workloads, 'workload');
  const countRoom = right - 49 - measure(second, size, 400) - APART;
  return [
    stroke('m13 14 3.5 3.5-3.5 3.5', 'text3', 1.5),
    nameShape(card, 25, 22, nameSize, right - 25 - share.width - 6, measure),
    ...share.shapes,
    ...countedRing(card, { successTarget }, { x: 26, y: 50, radius: 13, stroke: 3 }),
    figures(49, 47, size, toldFigures(card, { successTarget })),
    ...moreShapes(card, right, 47, size),
    words(49, 63, size, 400, 'text3', second),
    ...countShapes(card.counts, right, 63, size, measure, countRoom).shapes,
    ...factShapes(card, width, size, right, measure),
    ...chipRow(card.chipsIn, card.chipsOut, 9, width - 9, height - 21, { measure, lit }),
  ];
}

function middle(
  card: OverviewCard,
  { form: { width }, detail, successTarget, measure }: OverviewSight,
  lit: string | null,
): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const right = width - RIGHT;
  const share = shareShapes(card, right, 20, size, measure);
  const second = hubWords(card);
  const left = second ? Math.round(49 + measure(second, size, 400) + APART) : 45;
  const countRoom = right - left - leastWidth(card.chipsIn);
  const counts = countShapes(card.counts, right, 57, size, measure, countRoom);
  return [
    stroke('m13 12 3.5 3.5-3.5 3.5', 'text3', 1.5),
    nameShape(card, 25, 20, nameSize, right - 25 - share.width - 6, measure),
    ...share.shapes,
    ...countedRing(card, { successTarget }, { x: 26, y: 47, radius: 13, stroke: 3 }),
    figures(49, 40, size, toldFigures(card, { successTarget })),
    ...moreShapes(card, right, 40, size),
    ...(second ? [words(49, 56, size, 400, 'text3', second)] : []),
    ...counts.shapes,
    ...chipsIn(card.chipsIn, left, 45.5, counts.left - APART - left, { measure, lit }),
    ...chipsOut(card.chipsOut, width - 9, 64, width - 18, { measure, lit }),
  ];
}

/** Two lines: what is counted has its place, and the figures what that leaves; a rate is told when it is pointed at, too. */
function small(
  card: OverviewCard,
  { form: { width }, detail, successTarget, measure }: OverviewSight,
): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const lock = openLock(card.securedShare);
  const spans = toldFigures(card, { successTarget });
  const widthOf = (some: readonly Span[]) =>
    some.reduce((sum, { text, weight, before }) => sum + before + measure(text, size, weight), 0);
  const right = width - 9;
  const counts = countShapes(card.counts, right, 41, size, measure, right - 46 - widthOf(spans) - APART);
  const room = counts.left - APART - 46;
  const told = [spans, spans.slice(2)].find((some) => widthOf(some) <= room) ?? [];
  const spare = room - widthOf(told) - APART;
  return [
    nameShape(card, 46, 24, nameSize, width - 46 - (lock ? 25 : 9), measure),
    ...(lock ? [glyphShape(lock, width - 21, 13, 1, 'lockMixed')] : []),
    ...countedRing(card, { successTarget }, { x: 25, y: 28, radius: 13, stroke: 3 }),
    ...(told.length > 0 ? [figures(46, 41, size, told)] : []),
    ...counts.shapes,
    ...besideCounts(card, counts.left === right ? right : counts.left - 5, size, spare, measure),
  ];
}

/** How many call a hub, else how many lines are not drawn, if there is room. */
function besideCounts(
  card: OverviewCard,
  right: number,
  size: number,
  room: number,
  measure: Measure,
): Shape[] {
  const hub = hubWords(card);
  if (hub && measure(hub, size, 400) <= room)
    return [words(tenth(right), 41, size, 400, 'text3', hub, 'end')];
  return measure(`+${card.more}`, size, 400) <= room ? moreShapes(card, right, 41, size) : [];
}

function peer(card: OverviewCard, { form: { width }, detail, measure }: OverviewSight): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const partners = card.calls === 0 ? `from ${card.calledBy}` : `to ${card.calls}`;
  const spans = [figureSpan(partners, 'text3')];
  if (card.rps !== null)
    spans.unshift(figureSpan(rateText(card.rps), 'text2', 500), figureSpan(' ', 'text3'));
  const counts = countShapes(card.counts, width - RIGHT, 25, size, measure, 60);
  return [
    glyphShape(card.type === 'external' ? GLOBE : GLOBE_DASHED, 16, 20, 1, 'text2'),
    nameShape(card, 42, 25, nameSize, Math.min(110, counts.left - APART - 42), measure),
    figures(42, 41, size, spans),
    ...counts.shapes,
  ];
}

/** The name, large enough to be read, how well it goes, whether much of it is open, and what no line tells: chips are gone. */
function distant(card: OverviewCard, { form, detail, successTarget, measure }: OverviewSight): Shape[] {
  const { width } = form;
  const centre = cardHeight(form, card.isPeer) / 2;
  const size = detail === 'middle' ? 17 : card.isPeer ? 19 : 21;
  const x = card.isPeer || detail === 'far' ? 16 : 46;
  const lock = !card.isPeer && (card.securedShare ?? 1) < MOSTLY_SECURED ? openLock(card.securedShare) : null;
  const right = width - RIGHT;
  const all = addedCounts(card.counts, card.chipCounts);
  const counts = countShapes(all, 0, 0, 12, measure, (right - x) / FROM_AFAR);
  const isCounted = counts.shapes.length > 0;
  const second = hubWords(card);
  const hasRoom = second !== null && measure(second, 17, 400) <= right - x + FROM_AFAR * counts.left - 6;
  const y = isCounted || hasRoom ? centre - 9 : centre;
  return [
    ...(card.isPeer
      ? []
      : detail === 'middle'
        ? countedRing(card, { successTarget }, { x: 25, y: centre, radius: 12, stroke: 4 })
        : [stripe(card, centre, { successTarget })]),
    nameShape(card, x, y + size * 0.35, size, width - x - (lock ? 32 : 8), measure),
    ...(lock ? [glyphShape(lock, width - 27, y - 10, 1.6, 'lockMixed')] : []),
    ...(hasRoom ? [words(x, centre + 19, 17, 400, 'text3', second)] : []),
    ...(isCounted
      ? [{ is: 'group', x: right, y: centre + 19, scale: FROM_AFAR, shapes: counts.shapes } as const]
      : []),
  ];
}

function stripe(card: OverviewCard, y: number, judge: Judge): Rect {
  const tone = toldSuccess(card, judge)?.tone ?? 'few';
  const fill: Ink = tone === 'few' ? 'line2' : STRIPES[tone];
  return { is: 'rect', x: 0, y: y - 19, width: 6, height: 38, radius: 3, fill, role: 'stripe' };
}
