// How large each mark is, how far before the card it stands, and the room that it needs.

import type { MarkKind } from '../../scene/mark-kind.ts';
import type { PlacedMark, Point } from '../place.ts';

interface MarkSize {
  width: number;
  height: number;
  /** From the middle of the mark to the card. */
  before: number;
  /** Free of tracks before the card. */
  room: number;
}

const LOCK: MarkSize = { width: 15, height: 15, before: 22, room: 33 };
const SIZES: Record<Exclude<MarkKind, 'none'>, MarkSize> = {
  secured: LOCK,
  opaque: LOCK,
  unknown: LOCK,
  plaintext: { width: 24, height: 18, before: 28, room: 44 },
  mixed: { width: 54, height: 20, before: 43, room: 74 },
  refused: { width: 68, height: 18, before: 50, room: 88 },
  broken: { width: 17, height: 17, before: 35, room: 40 },
};
/** Without words. */
const COMPACT = {
  ...SIZES,
  mixed: SIZES.plaintext,
  refused: { width: 17, height: 17, before: 24, room: 40 },
};

/** The mark on a line that ends at `end`, moved left by `shift`. */
export function markRectangle(kind: MarkKind, end: Point, shift = 0, compact = false): PlacedMark | null {
  if (kind === 'none') return null;
  const { width, height, before } = (compact ? COMPACT : SIZES)[kind];
  return { kind, x: end.x - before - shift - width / 2, y: end.y - height / 2, width, height };
}

/** Px before the card that the mark needs free of tracks. */
export function roomOf(kind: MarkKind, compact = false): number {
  return kind === 'none' ? 24 : (compact ? COMPACT : SIZES)[kind].room;
}

/** From the middle of a lock to the middle of the barred circle that says "refused in part". */
export const REFUSED_BEFORE = 17;

/** Of the weight that a route gives the target, left of the other marks, and what stays free between. */
export const SPLIT = { width: 48, height: 16, before: 3 };

/** Of the number beside the mark of a bundle. */
export const NUMBER_WIDTH = 14;
