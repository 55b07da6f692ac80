// What stands on a line before its target: the lock, or why nothing went through. Told by shape before colour.

import { BARRED_CIRCLE, FORK, LOCK_GLYPHS, UNEQUAL } from '@latchwork/figures/glyphs';
import { wholePercentText } from '@latchwork/figures/percent';
import { isAsConfigured, weightText } from '@latchwork/figures/routes/edge-split';
import type { EdgeSplit } from '@latchwork/shared/edge';
import type { PlacedLink, PlacedMark, Rectangle } from '../layout/place.ts';
import type { Detail } from './encode.ts';
import { disc, type Group, glyphShape, type Rect, type Shape, words } from './shape.ts';

export interface MarkDrawing {
  /** The mark itself, about its own middle; null where there is none, or where it is too quiet for what is seen from afar. */
  mark: Group | null;
  /** What keeps lines from striking through a mark that is dimmed, about the same middle. */
  ground: Rect | null;
  /** What stands beside it: the barred circle of what is refused in part, the number of a bundle. */
  beside: readonly Shape[];
}

/** What of a link its marks say: the figure of a mixed lock, and the weight that a route gives the target. */
export interface ToldMark {
  readonly securedShare: number | null;
  readonly split?: EdgeSplit | null;
}

/** From afar quiet locks go, and loud ones grow so that they stay readable. */
export function markDrawing(
  placed: PlacedLink,
  told: ToldMark,
  detail: Detail,
  isCrowded = false,
): MarkDrawing {
  if (placed.bundle && !placed.bundle.leads) return { mark: null, ground: null, beside: [] };
  const { mark } = placed;
  const { securedShare: share, split = null } = told;
  return {
    mark:
      mark === null
        ? null
        : detail === 'near'
          ? nearMark(mark, share)
          : distantMark(mark, share, isCrowded ? null : detail),
    ground: mark && pill(mark, { fill: 'box' }),
    beside: detail === 'near' ? [...beside(placed), ...weightPill(placed, split)] : [],
  };
}

/** On a map: loud marks alone from afar, and hardly larger, as lines stand close there. */
export function mapMarkDrawing(placed: PlacedLink, share: number | null, detail: Detail): MarkDrawing {
  const drawing = markDrawing(placed, { securedShare: share }, 'near');
  if (detail === 'near' || drawing.mark === null) return drawing;
  const isQuiet = placed.mark !== null && placed.mark.kind in QUIET;
  return { ...drawing, mark: isQuiet ? null : { ...drawing.mark, scale: MAP_SCALE } };
}

function nearMark(mark: PlacedMark, share: number | null): Group {
  return { is: 'group', ...middleOf(mark), scale: 1, shapes: lock(mark, share) };
}

/** `detail` null: in its own size and place, where it has no room to grow. */
function distantMark(mark: PlacedMark, share: number | null, detail: Detail | null): Group | null {
  if (mark.kind === 'secured') return null;
  const { x, y } = middleOf(mark);
  if (detail === null) {
    const shapes = mark.kind === 'refused' ? REFUSED_FROM_AFAR : lock(mark, share);
    return { is: 'group', x: mark.kind === 'refused' ? x + 24 : x, y, scale: 1, shapes };
  }
  const by = mark.kind === 'mixed' ? -6 : mark.kind === 'refused' ? 24 : 0; // its right end keeps clear of the arrow
  const scale = mark.kind === 'mixed' ? 1.55 : detail === 'middle' ? 1.25 : 1.3;
  const shapes = mark.kind === 'refused' ? REFUSED_FROM_AFAR : lock(mark, share);
  return { is: 'group', x: x + by, y, scale, shapes };
}

const MAP_SCALE = 1.1;
const QUIET = { secured: 'lockSecured', opaque: 'lockOpaque', unknown: 'lockUnknown' } as const;

/** About its middle. */
function lock(mark: PlacedMark, share: number | null): readonly Shape[] {
  switch (mark.kind) {
    case 'secured':
    case 'opaque':
    case 'unknown':
      return [disc(0, 0, 7.5, 'box'), glyphShape(LOCK_GLYPHS[mark.kind], -5, -5.2, 0.833, QUIET[mark.kind])];
    case 'plaintext':
      return [
        pill(mark, { fill: 'lockPlain', stroke: 'canvas', strokeWidth: 2 }),
        glyphShape(LOCK_GLYPHS.plaintext, -5.5, -5.8, 0.917, 'lockPlainInk'),
      ];
    case 'mixed':
      if (isCompact(mark))
        return [
          pill(mark, { fill: 'lockMixedSoft', stroke: 'lockMixed', strokeWidth: 1.25, role: 'pill' }),
          glyphShape(LOCK_GLYPHS.mixed, -5.5, -5.8, 0.917, 'lockMixed'),
        ];
      return [
        pill(mark, { fill: 'lockMixedSoft', stroke: 'lockMixed', strokeWidth: 1.25, role: 'pill' }),
        glyphShape(LOCK_GLYPHS.mixed, -21, -6.2, 1, 'lockMixed'),
        words(-6, 4, 11, 700, 'lockMixed', mixedText(share)),
      ];
    case 'refused':
      if (isCompact(mark)) return REFUSED_FROM_AFAR;
      return [
        pill(mark, { fill: 'surface', stroke: 'neutral', strokeWidth: 1.25, role: 'pill' }),
        glyphShape(BARRED_CIRCLE, -28, -6, 0.75, 'text2'),
        words(-13, 3.7, 10.5, 600, 'text2', 'refused'),
      ];
    case 'broken':
      return BROKEN;
    case 'none':
      return [];
  }
}

/** Without words: on a map of many lines. */
function isCompact({ width }: PlacedMark): boolean {
  return width < 30;
}

/** Requests all one way, connections the other: no figure of one of them is the line's. */
function mixedText(share: number | null): string {
  return share === 0 || share === 1 ? 'part' : wholePercentText(share);
}

const BROKEN: readonly Shape[] = [
  { is: 'circle', x: 0, y: 0, radius: 8.5, fill: 'badSoft', stroke: 'badMark', strokeWidth: 1.25 },
  { is: 'path', d: 'M-3-3 3 3M3-3-3 3', stroke: 'bad', strokeWidth: 1.6, isRound: true },
];

const REFUSED_FROM_AFAR: readonly Shape[] = [
  { is: 'circle', x: 0, y: 0, radius: 9, fill: 'surface', stroke: 'neutral', strokeWidth: 1.25 },
  glyphShape(BARRED_CIRCLE, -6, -6, 0.75, 'text2'),
];

function beside({ refusedMark, bundle }: PlacedLink): Shape[] {
  const shapes: Shape[] = [];
  if (refusedMark) {
    const { x, y } = middleOf(refusedMark);
    shapes.push(disc(x, y, 7.5, 'box'), glyphShape(BARRED_CIRCLE, x - 6, y - 6, 0.75, 'text2'));
  }
  if (bundle?.leads)
    shapes.push(
      disc(bundle.x, bundle.y, 7.5, 'box'),
      words(bundle.x, bundle.y + 3.6, 10, 600, 'text2', String(bundle.size), 'middle'),
    );
  return shapes;
}

/** A fork and the weight; another sign where what came is not what is configured. */
function weightPill({ splitMark }: PlacedLink, split: EdgeSplit | null): Shape[] {
  if (!splitMark || !split) return [];
  const { x, y } = middleOf(splitMark);
  const isOff = !isAsConfigured(split);
  const [ink, glyph] = isOff ? (['warn', UNEQUAL] as const) : (['text2', FORK] as const);
  const { width, height } = splitMark;
  return [
    {
      ...{ is: 'rect', x: splitMark.x, y: splitMark.y, width, height, radius: 4 },
      ...{ fill: 'surface', stroke: isOff ? 'warn' : 'line2' },
    },
    glyphShape(glyph, splitMark.x + 4, y - 5, 0.833, ink),
    words(x + 6.5, y + 3.8, 10.5, 500, ink, weightText(split.weight), 'middle'),
  ];
}

function pill({ width, height }: PlacedMark, paint: Partial<Rect>): Rect {
  return { is: 'rect', x: -width / 2, y: -height / 2, width, height, radius: height / 2, ...paint };
}

function middleOf({ x, y, width, height }: Rectangle): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
