// The x of everything: widths of columns and gaps, and of each rise in its gap.

import type { Board } from './board.ts';
import type { LayoutState } from './place.ts';
import type { Placement } from './placing/placement.ts';
import type { UnitMark } from './routing/marks.ts';
import { type GapTracks, type Rise, sharesRows } from './routing/tracks.ts';

const FIRST_TRACK = 22; // the frame of a box stands 16 right of its cards
const PITCH = 7;
const LEAST_PITCH = 3;
const LEAST_START = 6;
const LEAST_GAP = 56;
const LEAST_ROOM = 24;
const BEFORE_MARK = 18; // from the cards on the left to the room of a mark on a straight line
export const FRAME = 16;
export const EDGE = 3;
const MANY_TRACKS = 15;
const CLEAR = 2;

/** Index 0 of the gaps is the left margin, the last one the right margin. */
export interface Frame {
  columnWidth: number[];
  gapWidth: number[];
  columnX: number[];
  width: number;
}

/** A stretch of levels before the cards of a column that tracks must stay clear of, for `room` px. */
interface Need {
  low: number;
  high: number;
  room: number;
}

/** By gap: what its marks need. */
export function needsOf({ layer, columns }: Placement, marks: readonly UnitMark[]): Need[][] {
  const needs: Need[][] = Array.from({ length: columns + 1 }, () => []);
  for (const { card, level, height, room } of marks)
    needs[layer[card]!]!.push({ low: level - height / 2 - CLEAR, high: level + height / 2 + CLEAR, room });
  return needs;
}

export function frameOf(
  board: Board,
  placement: Placement,
  tracks: readonly GapTracks[],
  needs: readonly Need[][],
): Frame {
  const { layer, columns } = placement;
  const columnWidth = new Array<number>(columns).fill(0);
  for (const card of board.cards.keys())
    columnWidth[layer[card]!] = Math.max(columnWidth[layer[card]!]!, board.width[card]!);
  const gapWidth = tracks.map((gap, i) => {
    const pitch = pitchOf(gap.count);
    if (i === columns) return (gap.count === 0 ? FRAME : FIRST_TRACK + gap.count * pitch) + EDGE;
    const first = i === 0 ? EDGE : FIRST_TRACK;
    let width = i === 0 ? EDGE + FRAME : LEAST_GAP;
    for (const { room } of needs[i]!) width = Math.max(width, (i === 0 ? EDGE : BEFORE_MARK) + room);
    for (const [k, rise] of gap.rises.entries())
      width = Math.max(width, first + (gap.track[k]! + 1) * pitch + roomOf(rise, needs[i]!));
    return Math.round(width);
  });
  return withX(columnWidth, gapWidth);
}

/** How far before the cards a rise must stay: left of all marks whose rows it shares. */
function roomOf({ low, high }: Rise, needs: readonly Need[]): number {
  return needs.reduce(
    (most, need) => (need.low < high && low < need.high ? Math.max(most, need.room) : most),
    LEAST_ROOM,
  );
}

/** Old columns and gaps keep their widths; what was the right margin becomes a gap when columns were added. */
export function keptFrame(previous: LayoutState, fresh: Frame): Frame {
  const { columnWidths, gapWidths } = previous;
  const isLonger = fresh.columnWidth.length > columnWidths.length;
  return withX(
    fresh.columnWidth.map((width, c) => columnWidths[c] ?? width),
    fresh.gapWidth.map((width, g) => (g < gapWidths.length - (isLonger ? 1 : 0) ? gapWidths[g]! : width)),
  );
}

/** As wide as `width` where it is less: what is left over widens the gaps between columns evenly. */
export function widened({ columnWidth, gapWidth, width }: Frame, until: number): Frame {
  const inner = gapWidth.length - 2;
  const each = inner > 0 ? Math.max(0, Math.floor((until - width) / inner)) : 0;
  return withX(
    columnWidth,
    gapWidth.map((gap, i) => (i === 0 || i === gapWidth.length - 1 ? gap : gap + each)),
  );
}

function withX(columnWidth: number[], gapWidth: number[]): Frame {
  const columnX: number[] = [];
  let x = gapWidth[0] ?? 0;
  for (const [c, width] of columnWidth.entries()) {
    columnX.push(x);
    x += width + gapWidth[c + 1]!;
  }
  return { columnWidth, gapWidth, columnX, width: x };
}

/** A card that is wider than its old column reaches out to the left: nothing else moves. */
export function cardX(
  { width }: Board,
  { layer }: Placement,
  { columnX, columnWidth }: Frame,
  card: number,
): number {
  const column = layer[card]!;
  return columnX[column]! - Math.max(0, width[card]! - columnWidth[column]!);
}

function pitchOf(count: number): number {
  return Math.max(4, PITCH - 0.25 * Math.max(0, count - MANY_TRACKS + 1));
}

/** The x of each rise of a gap. They keep their pitch unless more came into an old gap than it was made for. */
export function riseXs(frame: Frame, gap: number, tracks: GapTracks, needs: readonly Need[]): number[] {
  const { count, rises } = tracks;
  const width = frame.gapWidth[gap + 1]!;
  const left = gap < 0 ? 0 : frame.columnX[gap]! + frame.columnWidth[gap]!;
  const isLast = gap + 1 === frame.columnX.length;
  const first = gap < 0 ? EDGE : FIRST_TRACK;
  const lasts = rises.map((rise) => width - (isLast ? EDGE : roomOf(rise, needs) + LEAST_PITCH));
  if (count === 1 && gap >= 0 && !isLast) {
    const last = Math.min(...lasts) - PITCH + LEAST_PITCH;
    if (last >= first) return rises.map(() => left + (first + last) / 2);
  }
  const most = pitchOf(count);
  for (let pitch = most; ; pitch -= 0.5) {
    const limits = limitsOf(rises, lasts, Math.max(pitch, LEAST_PITCH));
    const least = Math.min(first, ...limits);
    if (least < first && pitch > LEAST_PITCH) continue;
    // The marks come first, then the distance to the frame on the left.
    const start = gap < 0 || isLast ? least : Math.max(LEAST_START, least);
    return spread(rises, limits, start, most).map((x) => left + x);
  }
}

/** How far right each rise may stand, so that all that follow it keep their pitch. */
function limitsOf(rises: readonly Rise[], lasts: readonly number[], pitch: number): number[] {
  const limits = [...lasts];
  for (let i = rises.length - 1; i >= 0; i--)
    for (let j = i + 1; j < rises.length; j++)
      if (sharesRows(rises[i]!, rises[j]!)) limits[i] = Math.min(limits[i]!, limits[j]! - pitch);
  return limits;
}

/** From the left, a pitch apart and not beyond its limit; yet never into the cards on the left, nor onto another rise. */
function spread(rises: readonly Rise[], limits: readonly number[], start: number, pitch: number): number[] {
  const xs: number[] = [];
  for (const [i, rise] of rises.entries()) {
    let wanted = start;
    let least = start;
    for (let j = 0; j < i; j++) {
      if (!sharesRows(rises[j]!, rise)) continue;
      wanted = Math.max(wanted, xs[j]! + pitch);
      least = Math.max(least, xs[j]! + LEAST_PITCH);
    }
    xs.push(Math.max(least, Math.min(wanted, limits[i]!)));
  }
  return xs;
}
