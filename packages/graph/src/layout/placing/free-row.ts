// A place for a new card in a box that is there already: a free row, or one more row at its foot.

import type { Board } from '../board.ts';
import type { LayoutState } from '../place.ts';
import { LANE_HIT, lanesInTheWay } from '../routing/lanes-in-the-way.ts';
import { CARD_GAP, gapBetween, insideOf, type Placement } from './placement.ts';

const HALF_ROW = 34;
const MOST_ROWS = 10_000; // a box that a kept state calls endless has an end too

/** A card's place by column and y, whoever stands there or is remembered there. */
export interface Taken {
  column: number;
  y: number;
  height: number;
  box: string;
}

/** Says whether there was one. Columns right of the last caller come first, then those to the left. */
export function freeRow(
  board: Board,
  placement: Placement,
  state: LayoutState,
  placed: readonly boolean[],
  taken: Taken[],
  card: number,
): boolean {
  const box = board.boxOf[card]!;
  const wanted = wantedColumn(board, placement, placed, card);
  const columns = Array.from(
    { length: placement.right[box]! - placement.left[box]! + 1 },
    (_, i) => placement.left[box]! + i,
  ).sort((a, b) => Number(a < wanted) - Number(b < wanted) || Math.abs(a - wanted) - Math.abs(b - wanted));
  const { top, bottom } = insideOf(board, placement, box);
  const height = board.height[card]!;
  const middle = partnersY(board, placement, placed, card) ?? top;
  for (const column of columns) {
    let [best, least] = [Number.NaN, Number.POSITIVE_INFINITY];
    const rows = Math.min(MOST_ROWS, Math.floor((bottom - height - top) / HALF_ROW) + 1);
    for (let row = 0; row < rows; row++) {
      const y = top + row * HALF_ROW;
      if (taken.some((other) => other.column === column && !isApart(other, y, height))) continue;
      const cost =
        Math.abs(y + height / 2 - middle) + LANE_HIT * lanesInTheWay(board, state, column, y, height);
      if (cost < least) [best, least] = [y, cost];
    }
    if (Number.isNaN(best)) continue;
    settle(board, placement, taken, card, column, best);
    return true;
  }
  return false;
}

/** A column more beside the box, where no other box is: nothing moves. Says whether there was one. */
export function widenBox(
  board: Board,
  placement: Placement,
  state: LayoutState,
  placed: readonly boolean[],
  taken: Taken[],
  card: number,
): boolean {
  const { left, right, boxY, boxHeight, columns } = placement;
  const box = board.boxOf[card]!;
  const wanted = wantedColumn(board, placement, placed, card);
  const beside = [right[box]! + 1, left[box]! - 1]
    .filter((column) => column >= 0 && column < columns)
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
  const column = beside.find((at) =>
    board.boxes.every((_, other) => {
      if (other === box || left[other]! > at || right[other]! < at || boxHeight[other] === 0) return true;
      const gap = gapBetween(board, box, other);
      return (
        boxY[other]! >= boxY[box]! + boxHeight[box]! + gap ||
        boxY[other]! + boxHeight[other]! + gap <= boxY[box]!
      );
    }),
  );
  if (column === undefined) return false;
  left[box] = Math.min(left[box]!, column);
  right[box] = Math.max(right[box]!, column);
  return freeRow(board, placement, state, placed, taken, card);
}

/** Whether a row more at the foot leaves everything below where it is. */
export function growsFreely(board: Board, placement: Placement, card: number): boolean {
  const { left, right, boxY, boxHeight } = placement;
  const box = board.boxOf[card]!;
  const bottom = boxY[box]! + boxHeight[box]! + CARD_GAP + board.height[card]!;
  return board.boxes.every(
    (_, other) =>
      other === box ||
      left[other]! > right[box]! ||
      right[other]! < left[box]! ||
      boxY[other]! <= boxY[box]! ||
      boxY[other]! >= bottom + gapBetween(board, box, other),
  );
}

/** One more row at the foot; what lies below moves straight down. */
export function growBox(
  board: Board,
  placement: Placement,
  placed: readonly boolean[],
  taken: Taken[],
  card: number,
): void {
  const box = board.boxOf[card]!;
  const wanted = wantedColumn(board, placement, placed, card);
  const column = Math.min(Math.max(wanted, placement.left[box]!), placement.right[box]!);
  const { bottom } = insideOf(board, placement, box);
  const grown = CARD_GAP + board.height[card]!;
  placement.boxHeight[box]! += grown;
  pushDown(board, placement, taken, box);
  settle(board, placement, taken, card, column, bottom + CARD_GAP);
}

function settle(
  board: Board,
  placement: Placement,
  taken: Taken[],
  card: number,
  column: number,
  y: number,
): void {
  placement.layer[card] = column;
  placement.y[card] = y;
  taken.push({ column, y, height: board.height[card]!, box: board.boxes[board.boxOf[card]!]! });
}

function pushDown(board: Board, placement: Placement, taken: Taken[], grown: number): void {
  const { boxY, boxHeight, left, right, y } = placement;
  const downwards = [...board.boxes.keys()]
    .filter((box) => boxHeight[box]! > 0)
    .sort((a, b) => boxY[a]! - boxY[b]! || a - b);
  const moved = new Set([grown]);
  for (const lower of downwards) {
    if (boxY[lower]! <= boxY[grown]!) continue;
    let least = boxY[lower]!;
    for (const upper of moved)
      if (
        left[upper]! <= right[lower]! &&
        left[lower]! <= right[upper]! &&
        upper !== lower &&
        boxY[upper]! < boxY[lower]!
      )
        least = Math.max(least, boxY[upper]! + boxHeight[upper]! + gapBetween(board, upper, lower));
    const shift = least - boxY[lower]!;
    if (shift <= 0) continue;
    moved.add(lower);
    boxY[lower] = least;
    for (const [card, box] of board.boxOf.entries()) if (box === lower) y[card]! += shift;
    for (const place of taken) if (place.box === board.boxes[lower]) place.y += shift;
  }
}

/** Right of its last caller that has a place; left of its first callee when nobody calls it. */
export function wantedColumn(
  { source, target, ins, outs }: Board,
  { layer, columns }: Placement,
  placed: readonly boolean[],
  card: number,
): number {
  const callers = ins[card]!.map((e) => source[e]!).filter((other) => placed[other]);
  const callees = outs[card]!.map((e) => target[e]!).filter((other) => placed[other]);
  if (callers.length > 0) return Math.max(...callers.map((other) => layer[other]!)) + 1;
  if (callees.length > 0) return Math.max(0, Math.min(...callees.map((other) => layer[other]!)) - 1);
  return Math.max(0, columns - 1);
}

export function partnersY(
  { source, target, ins, outs, height }: Board,
  { y }: Placement,
  placed: readonly boolean[],
  card: number,
): number | null {
  const partners = [...ins[card]!.map((e) => source[e]!), ...outs[card]!.map((e) => target[e]!)].filter(
    (other) => placed[other],
  );
  if (partners.length === 0) return null;
  return partners.reduce((sum, other) => sum + y[other]! + height[other]! / 2, 0) / partners.length;
}

function isApart(other: { y: number; height: number }, y: number, height: number): boolean {
  return other.y + other.height + CARD_GAP <= y || y + height + CARD_GAP <= other.y;
}
