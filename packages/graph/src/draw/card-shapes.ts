// One card as shapes, from its own upper left corner: plate, ring, kind, name and at most two facts; less from afar.

import { cardFacts } from '@latchwork/figures/card-facts';
import { GLOBE, GLOBE_DASHED, type Glyph, kindGlyphOf, LOCK_GLYPHS } from '@latchwork/figures/glyphs';
import { wholePercentText } from '@latchwork/figures/percent';
import { shortName } from '@latchwork/figures/short-name';
import type { PlacedCard } from '../layout/place.ts';
import type { Card } from '../scene/card.ts';
import { podCountOf, podCountWidth } from '../scene/pod-count.ts';
import { lockOfShare } from '../scene/secured-shares.ts';
import type { DrawingContext } from './drawing-context.ts';
import { toneOfSuccess } from './encode.ts';
import { figureLine } from './figure-line.ts';
import { podShapes } from './pod-shapes.ts';
import { type RingPlace, ringShapes } from './ring-shapes.ts';
import { glyphShape, type Rect, type Shape, words } from './shape.ts';

export function cardShapes(card: Card, placed: PlacedCard, context: DrawingContext): Shape[] {
  return [...plates(card, placed), ...drawOf(card, context)(card, placed, context)];
}

function drawOf(card: Card, { detail }: DrawingContext) {
  if (detail !== 'near') return distant;
  if (isPeer(card)) return peer;
  return card.type === 'folded' ? folded : card.type === 'rest' ? rest : plain;
}

/** What is drawn as an outside of the mesh. */
export function isPeer({ type }: Card): boolean {
  return type === 'unmeshed' || type === 'external' || type === 'peer' || type === 'outside';
}

/** Of the corners. */
export function cardRadius(card: Card): number {
  if (isPeer(card)) return 16;
  return card.type === 'folded' || card.type === 'rest' ? 12 : 8;
}

function plates(card: Card, { width, height }: PlacedCard): Rect[] {
  const plate = (more: Partial<Rect>, by = 0): Rect => ({
    is: 'rect',
    x: by,
    y: by,
    width,
    height,
    radius: cardRadius(card),
    fill: 'surface',
    stroke: 'line2',
    ...more,
  });
  if (card.type === 'folded')
    return [plate({ opacity: 0.45 }, 8), plate({ opacity: 0.75 }, 4), plate({ role: 'plate' })];
  if (isPeer(card) || card.type === 'rest')
    return [plate({ fill: 'sunken', stroke: 'line3', dash: '4 3', role: 'plate' })];
  if (card.type === 'service') {
    const { fill, ...bare } = plate({ stroke: 'line3', dash: '4 3', role: 'plate' });
    return [bare];
  }
  return [plate(card.meshed === false ? { fill: 'sunken', dash: '4 3', role: 'plate' } : { role: 'plate' })];
}

function plain(card: Card, { width }: PlacedCard, context: DrawingContext): Shape[] {
  const pods = podCountOf(card);
  const glyph = kindGlyph(card);
  return [
    ...ring(card, context, { x: 25, y: 28, radius: 13, stroke: 3 }),
    ...(glyph ? [glyphShape(glyph, 19, 22, 1, 'text3')] : []),
    name(card, context, 46, 24, 12.5, width - 56 - podCountWidth(pods)),
    ...(pods ? podShapes(pods, width) : []),
    facts(card, context, 46, 41, width - 52),
  ];
}

function peer(card: Card, { width }: PlacedCard, context: DrawingContext): Shape[] {
  const isNarrow = width < 120;
  const x = isNarrow ? 38 : 42;
  return [
    glyphShape(card.type === 'external' ? GLOBE : GLOBE_DASHED, isNarrow ? 14 : 16, 20, 1, 'text2'),
    name(card, context, x, 25, 12.5, width - x - 4),
    facts(card, context, x, 40, width - x - 6),
  ];
}

/** Many that have no card of their own. */
function rest(card: Card, { width }: PlacedCard, context: DrawingContext): Shape[] {
  return [
    name(card, context, 16, 25, 12.5, width - 24),
    facts(card, context, 16, 41, width - 30 - (card.inside?.width ?? 0)),
    ...inside(card, width, 41),
  ];
}

function folded(card: Card, { width }: PlacedCard, context: DrawingContext): Shape[] {
  const share = card.shares.requests ?? card.shares.connections;
  const text = share === null ? '' : wholePercentText(share);
  const shareWidth = share === null ? 0 : context.measure(text, 11, 600) + 14;
  const lock = lockOfShare(share);
  const ink = share === 1 ? 'lockSecured' : 'lockMixed';
  const left = width - 10 - shareWidth;
  const workloads = card.nodes.filter(({ type }) => type === 'workload').length;
  return [
    { is: 'path', d: 'm13 12 3.5 3.5-3.5 3.5', stroke: 'text3', strokeWidth: 1.5, isRound: true },
    ...ring(card, context, { x: 27, y: 53, radius: 13, stroke: 3 }),
    words(27, 56.8, 11, 600, 'text2', String(workloads), 'middle'),
    name(card, context, 25, 20, 12.5, left - 25 - 8),
    ...(share === null
      ? []
      : [glyphShape(LOCK_GLYPHS[lock], left, 10.5, 0.85, ink), words(left + 14, 20, 11, 600, ink, text)]),
    facts(card, context, 50, 49, width - 58),
    facts(card, context, 50, 65, width - 58, 1),
    ...inside(card, width, 65),
  ];
}

function inside({ inside: told }: Card, width: number, y: number): Shape[] {
  return told ? [{ is: 'group', x: width - 10, y, scale: 1, shapes: told.shapes }] : [];
}

/** Seen from afar: the name, large enough to be read, and how well it goes. */
function distant(card: Card, { width, height }: PlacedCard, context: DrawingContext): Shape[] {
  const isMiddle = context.detail === 'middle';
  const isBare = isPeer(card) || card.type === 'rest';
  const size = isMiddle || isBare ? 17 : 21;
  const x = isBare ? 12 : isMiddle ? 44 : 14;
  return [
    ...(isBare
      ? []
      : isMiddle
        ? ring(card, context, { x: 24, y: height / 2, radius: 12, stroke: 4 })
        : [stripe(card, height, context)]),
    name(card, context, x, height / 2 + (isMiddle ? 6 : 7.5), size, width - x - 6),
  ];
}

const STRIPES = {
  good: 'goodMark',
  warn: 'warnMark',
  bad: 'badMark',
  denied: 'line2',
  none: 'line2',
} as const;

function stripe(card: Card, height: number, { targets }: DrawingContext): Rect {
  const fill = STRIPES[toneOfSuccess(card.traffic, targets)];
  return { is: 'rect', x: 0, y: height / 2 - 19, width: 6, height: 38, radius: 2, fill, role: 'stripe' };
}

function ring({ traffic }: Card, { targets }: DrawingContext, place: RingPlace): Shape[] {
  return ringShapes(traffic, targets, place);
}

function name(card: Card, context: DrawingContext, x: number, y: number, size: number, room: number): Shape {
  const { measure, labels } = context;
  const text = shortName(card.label, labels, (some) => measure(some, size, 600) <= room);
  return words(x, y, size, 600, 'text', text);
}

function facts(card: Card, context: DrawingContext, x: number, y: number, room: number, line = 0): Shape {
  const { targets, measure, callers } = context;
  return figureLine(cardFacts(card, callers.has(card.id), targets)[line] ?? [], x, y, room, measure);
}

function kindGlyph({ nodes: [node] }: Card): Glyph | null {
  if (node?.type === 'workload') return kindGlyphOf(node.kind);
  return node?.type === 'service' ? kindGlyphOf('service') : null;
}
