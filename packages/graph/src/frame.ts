// The x of everything: widths of columns and gaps, and of each rise in its gap.

import type { Board } from './board.ts';
import type { UnitMark } from './marks.ts';
import type { LayoutState } from './place.ts';
import type { Placement } from './placement.ts';
import type { GapTracks } from './tracks.ts';

const FIRST_TRACK = 22; // the frame of a box stands 16 right of its cards
const PITCH = 7;
const LEAST_PITCH = 3;
const LEAST_START = 6;
const LEAST_GAP = 56;
const FRAME = 16;
const EDGE = 8;
const MANY_TRACKS = 15;

/** Index 0 of the gaps is the left margin, the last one the right margin. */
export interface Frame {
  columnWidth: number[];
  gapWidth: number[];
  columnX: number[];
  width: number;
}

/** Room before the cards of each column, free of tracks. */
export function roomsOf({ layer, columns }: Placement, marks: readonly UnitMark[]): number[] {
  const rooms = new Array<number>(columns).fill(0);
  for (const { card, room } of marks) rooms[layer[card]!] = Math.max(rooms[layer[card]!]!, room);
  return rooms;
}

export function frameOf(
  board: Board,
  placement: Placement,
  tracks: readonly GapTracks[],
  rooms: readonly number[],
): Frame {
  const { layer, columns } = placement;
  const columnWidth = new Array<number>(columns).fill(0);
  for (const card of board.cards.keys())
    columnWidth[layer[card]!] = Math.max(columnWidth[layer[card]!]!, board.width[card]!);
  const gapWidth = tracks.map(({ count }, i) => {
    if (i === 0)
      return count === 0 ? EDGE + FRAME : EDGE + (count + 1) * PITCH + Math.max(rooms[0] ?? 0, FRAME);
    if (i === columns) return count === 0 ? FRAME + EDGE : FIRST_TRACK + count * pitchOf(count) + EDGE;
    return Math.max(LEAST_GAP, FIRST_TRACK + count * pitchOf(count) + rooms[i]!);
  });
  return withX(columnWidth, gapWidth);
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

/** The x of each rise of a gap, by its track; a lone track stands in the middle of its room. */
export function trackXs(frame: Frame, gap: number, { count }: GapTracks, room: number): number[] {
  const width = frame.gapWidth[gap + 1]!;
  const left = gap < 0 ? 0 : frame.columnX[gap]! + frame.columnWidth[gap]!;
  const isLast = gap + 1 === frame.columnX.length;
  const first = gap < 0 ? EDGE : FIRST_TRACK;
  const last = width - (isLast ? EDGE : Math.max(room, gap < 0 ? FRAME : 0) + PITCH);
  if (count === 1 && gap >= 0 && !isLast && last >= first) return [left + (first + last) / 2];
  const pitch = count < 2 ? 0 : Math.max(LEAST_PITCH, Math.min(pitchOf(count), (last - first) / (count - 1)));
  // More came into an old gap than it was made for: the marks come first, then the distance to the frame.
  const over =
    isLast || gap < 0 ? 0 : Math.max(0, first + (count - 1) * pitch - (last + PITCH - LEAST_PITCH));
  const start = Math.max(LEAST_START, first - over);
  return Array.from({ length: count }, (_, i) => left + start + i * pitch);
}
