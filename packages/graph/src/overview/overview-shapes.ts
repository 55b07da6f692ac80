// A card of the map as shapes, from its upper left corner, at each distance it is seen from: one drawing for page and pictures.

import { counted } from '@latchwork/figures/count';
import { GLOBE, GLOBE_DASHED } from '@latchwork/figures/glyphs';
import { rateText } from '@latchwork/figures/rate';
import { toldSuccess } from '@latchwork/figures/success';
import type { Judge } from '@latchwork/figures/targets';
import { glyphShape, type Ink, type Measure, type Rect, type Shape, words } from '../draw/shape.ts';
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
import { chipsIn, chipsOut } from './chip-shapes.ts';
import { countShapes } from './count-shapes.ts';
import type { Form } from './form.ts';
import type { OverviewCard } from './overview-card.ts';
import type { OverviewDetail } from './overview-detail.ts';
import { figureSpan, figures, stroke } from './pieces.ts';
import { cardHeight } from './place-cards.ts';

export interface OverviewSight {
  form: Form;
  detail: OverviewDetail;
  successTarget: number;
  measure: Measure;
}

const RIGHT = 11;
/** From afar the lock is shown only where less than this is secured. */
const MOSTLY_SECURED = 0.75;
const STRIPES = { good: 'goodMark', warn: 'warnMark', bad: 'badMark' } as const;

export function overviewShapes(card: OverviewCard, sight: OverviewSight): Shape[] {
  const { form, detail } = sight;
  const plate = plateOf(card, form);
  if (detail === 'middle' || detail === 'far') return [plate, ...distant(card, sight)];
  if (card.isPeer) return [plate, ...peer(card, sight)];
  if (form.name === 'small') return [plate, ...small(card, sight)];
  return [plate, ...(form.name === 'large' ? large(card, sight) : middle(card, sight))];
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
  { form: { width }, detail, successTarget, measure }: OverviewSight,
): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const right = width - RIGHT;
  const share = shareShapes(card, right, 22, size, measure);
  const second = hubWords(card) ?? counted(card.workloads, 'workload');
  return [
    stroke('m13 14 3.5 3.5-3.5 3.5', 'text3', 1.5),
    nameShape(card, 25, 22, nameSize, right - 25 - share.width - 6, measure),
    ...share.shapes,
    ...countedRing(card, { successTarget }, { x: 26, y: 50, radius: 13, stroke: 3 }),
    figures(49, 47, size, toldFigures(card, { successTarget })),
    ...moreShapes(card, right, 47, size, measure),
    words(49, 63, size, 400, 'text3', second),
    ...countShapes(card.counts, right, 63, size, measure).shapes,
    ...factShapes(card, width, size, right, measure),
  ];
}

function middle(
  card: OverviewCard,
  { form: { width }, detail, successTarget, measure }: OverviewSight,
): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const right = width - RIGHT;
  const share = shareShapes(card, right, 20, size, measure);
  const counts = countShapes(card.counts, right, 57, size, measure);
  const second = hubWords(card);
  return [
    stroke('m13 12 3.5 3.5-3.5 3.5', 'text3', 1.5),
    nameShape(card, 25, 20, nameSize, right - 25 - share.width - 6, measure),
    ...share.shapes,
    ...countedRing(card, { successTarget }, { x: 26, y: 47, radius: 13, stroke: 3 }),
    figures(49, 40, size, toldFigures(card, { successTarget })),
    ...moreShapes(card, right, 40, size, measure),
    ...(second ? [words(49, 56, size, 400, 'text3', second)] : []),
    ...counts.shapes,
    ...chipsIn(card.chipsIn, 45, 45.5, counts.left - 4 - 45, measure),
    ...chipsOut(card.chipsOut, width - 9, 64, width - 18, measure),
  ];
}

/** Two lines: of what is counted, only what finds room beside the figures. */
function small(
  card: OverviewCard,
  { form: { width }, detail, successTarget, measure }: OverviewSight,
): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const lock = openLock(card.securedShare);
  const spans = toldFigures(card, { successTarget });
  const end =
    46 + spans.reduce((sum, { text, weight, before }) => sum + before + measure(text, size, weight), 0);
  const counts = countShapes(card.counts, width - 9, 41, size, measure, 1);
  const fits = counts.left > end + 4;
  return [
    nameShape(card, 46, 24, nameSize, width - 46 - (lock ? 25 : 9), measure),
    ...(lock ? [glyphShape(lock, width - 21, 13, 1, 'lockMixed')] : []),
    ...countedRing(card, { successTarget }, { x: 25, y: 28, radius: 13, stroke: 3 }),
    figures(46, 41, size, spans),
    ...(fits ? counts.shapes : []),
    ...(fits ? moreShapes(card, counts.left - 5, 41, size, measure, counts.left - 9 - end) : []),
  ];
}

function peer(card: OverviewCard, { detail, measure }: OverviewSight): Shape[] {
  const [nameSize, size] = sizesOf(detail);
  const partners = card.calls === 0 ? `from ${card.calledBy}` : `to ${card.calls}`;
  const spans = [figureSpan(partners, 'text3')];
  if (card.rps !== null)
    spans.unshift(figureSpan(rateText(card.rps), 'text2', 500), figureSpan(' ', 'text3'));
  return [
    glyphShape(card.type === 'external' ? GLOBE : GLOBE_DASHED, 16, 20, 1, 'text2'),
    nameShape(card, 42, 25, nameSize, 110, measure),
    figures(42, 41, size, spans),
  ];
}

/** The name, large enough to be read, how well it goes, and whether much of it is open. */
function distant(card: OverviewCard, { form, detail, successTarget, measure }: OverviewSight): Shape[] {
  const y = cardHeight(form, card.isPeer) / 2;
  const size = detail === 'middle' ? 17 : card.isPeer ? 19 : 21;
  const x = card.isPeer || detail === 'far' ? 16 : 46;
  const lock = !card.isPeer && (card.securedShare ?? 1) < MOSTLY_SECURED ? openLock(card.securedShare) : null;
  const name = nameShape(card, x, y + size * 0.35, size, form.width - x - (lock ? 32 : 8), measure);
  if (card.isPeer) return [name];
  return [
    ...(detail === 'middle'
      ? countedRing(card, { successTarget }, { x: 25, y, radius: 12, stroke: 4 })
      : [stripe(card, y, { successTarget })]),
    name,
    ...(lock ? [glyphShape(lock, form.width - 27, y - 10, 1.6, 'lockMixed')] : []),
  ];
}

function stripe(card: OverviewCard, y: number, judge: Judge): Rect {
  const tone = toldSuccess(card, judge)?.tone ?? 'few';
  const fill: Ink = tone === 'few' ? 'line2' : STRIPES[tone];
  return { is: 'rect', x: 0, y: y - 19, width: 6, height: 38, radius: 3, fill, role: 'stripe' };
}
