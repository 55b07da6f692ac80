// Upper edges for a given order: near to whom each card talks to, in rows, and no taller than the order demands.

import type { Board } from '../board.ts';
import { isotonic } from './isotonic.ts';
import { CARD_GAP, footOf, gapBetween, headOf, type Placement } from './placement.ts';

const HALF_ROW = 34;
const OWN_BOX = 3; // links inside a box pull this much more: its inner order is what the reader sees first
const ROUNDS = 2;

/** Fills `y`, `boxY`, `boxHeight` and `height` from `order`, `cells` and the room that lanes need. */
export function place(board: Board, placement: Placement, rounds = ROUNDS): void {
  sizeBoxes(board, placement);
  for (let round = 0; round < rounds; round++) {
    for (const box of placement.order) placeCards(board, placement, box);
    placeBoxes(board, placement);
  }
}

/** The middle height of whom a card talks to, by weight; null when it talks to nobody. */
export function wantedY(
  board: Board,
  { y }: Placement,
  card: number,
  which: 'callers' | 'callees' | 'both',
): number | null {
  let [sum, weights] = [0, 0];
  const { boxOf, height, source, target, pull, ins, outs } = board;
  function add(e: number, other: number) {
    const weight = pull[e]! * (boxOf[other] === boxOf[card] ? OWN_BOX : 1);
    sum += weight * (y[other]! + height[other]! / 2);
    weights += weight;
  }
  if (which !== 'callees') for (const e of ins[card]!) add(e, source[e]!);
  if (which !== 'callers') for (const e of outs[card]!) add(e, target[e]!);
  return weights === 0 ? null : sum / weights - height[card]! / 2;
}

function sizeBoxes(board: Board, { cells, boxHeight, above }: Placement): void {
  for (const [box, columns] of cells.entries()) {
    let tallest = 0;
    for (const cards of columns) {
      let height = -CARD_GAP;
      for (const card of cards) height += board.height[card]! + CARD_GAP + above[card]!;
      tallest = Math.max(tallest, height);
    }
    boxHeight[box] = headOf(board, box) + tallest + footOf(board, box);
  }
}

function placeCards(board: Board, placement: Placement, box: number): void {
  const { cells, y, boxY, boxHeight, above } = placement;
  const top = boxY[box]! + headOf(board, box);
  const bottom = boxY[box]! + boxHeight[box]! - footOf(board, box);
  for (const cards of cells[box]!) {
    if (cards.length === 0) continue;
    const apart = cards.map((card, i) =>
      i === 0 ? 0 : board.height[cards[i - 1]!]! + CARD_GAP + above[card]!,
    );
    const first = top + above[cards[0]!]!;
    const last = bottom - board.height[cards.at(-1)!]!;
    const wanted = cards.map((card) => wantedY(board, placement, card, 'both') ?? y[card]!);
    const exact = isotonic(
      wanted,
      cards.map(() => 1),
      apart,
      first,
      last,
    );
    snap(exact, apart, first, last);
    for (const [i, card] of cards.entries()) y[card] = exact[i]!;
  }
}

/** To half rows from the top, as far as the distances allow. */
function snap(positions: number[], apart: readonly number[], first: number, last: number): void {
  let least = first;
  for (const [i, at] of positions.entries()) {
    least = i === 0 ? first : positions[i - 1]! + apart[i]!;
    positions[i] = Math.max(least, first + HALF_ROW * Math.round((at - first) / HALF_ROW));
  }
  let most = last;
  for (let i = positions.length - 1; i >= 0; i--) {
    positions[i] = Math.min(positions[i]!, most);
    most = positions[i]! - apart[i]!;
  }
}

/** Boxes go where their cards are wanted, as far as the order and the least height allow. */
function placeBoxes(board: Board, placement: Placement): void {
  const { order, boxY, boxHeight, y, cells } = placement;
  const earliest = stack(board, placement, null, null);
  placement.height = order.reduce((height, box) => Math.max(height, earliest[box]! + boxHeight[box]!), 0);
  const latest = stackUp(board, placement, null, null);
  const wanted = boxY.map((at, box) => at + pullOf(board, placement, box));
  const down = stack(board, placement, wanted, latest);
  const up = stackUp(board, placement, wanted, earliest);
  for (const box of order) {
    // Both keep every distance, hence their middle does.
    const at = 2 * Math.round((down[box]! + up[box]!) / 4);
    for (const cards of cells[box]!) for (const card of cards) y[card]! += at - boxY[box]!;
    boxY[box] = at;
  }
  separate(board, placement);
}

/** Rounding to even px may have eaten 2 px of a distance. */
function separate(board: Board, placement: Placement): void {
  const { order, boxY, boxHeight, y, cells } = placement;
  const at = stack(board, placement, boxY, null);
  for (const box of order) {
    const shift = at[box]! - boxY[box]!;
    if (shift > 0) for (const cards of cells[box]!) for (const card of cards) y[card]! += shift;
    boxY[box] = at[box]!;
  }
  placement.height = order.reduce((height, box) => Math.max(height, boxY[box]! + boxHeight[box]!), 0);
}

/** From top to bottom, each as high as `wanted` and those above it allow, but not lower than `latest`. */
function stack(
  board: Board,
  { order, left, right, boxHeight, aboveBox, columns }: Placement,
  wanted: Float64Array | null,
  latest: Float64Array | null,
): Float64Array {
  const at = new Float64Array(boxHeight.length);
  const lowest = new Int32Array(columns).fill(-1);
  for (const box of order) {
    let y = wanted ? wanted[box]! : 0;
    if (latest) y = Math.min(y, latest[box]!);
    y = Math.max(y, 0);
    for (let c = left[box]!; c <= right[box]!; c++) {
      const upper = lowest[c]!;
      if (upper >= 0)
        y = Math.max(y, at[upper]! + boxHeight[upper]! + gapBetween(board, upper, box) + aboveBox[box]!);
      lowest[c] = box;
    }
    at[box] = y;
  }
  return at;
}

function stackUp(
  board: Board,
  { order, left, right, boxHeight, aboveBox, columns, height }: Placement,
  wanted: Float64Array | null,
  earliest: Float64Array | null,
): Float64Array {
  const at = new Float64Array(boxHeight.length);
  const highest = new Int32Array(columns).fill(-1);
  for (let i = order.length - 1; i >= 0; i--) {
    const box = order[i]!;
    let y = wanted ? wanted[box]! : Number.POSITIVE_INFINITY;
    if (earliest) y = Math.max(y, earliest[box]!);
    y = Math.min(y, height - boxHeight[box]!);
    for (let c = left[box]!; c <= right[box]!; c++) {
      const lower = highest[c]!;
      if (lower >= 0)
        y = Math.min(y, at[lower]! - gapBetween(board, box, lower) - aboveBox[lower]! - boxHeight[box]!);
      highest[c] = box;
    }
    at[box] = y;
  }
  return at;
}

/** How far the links that leave a box pull it down (or up, below 0). */
export function pullOf(board: Board, { y, cells }: Placement, box: number): number {
  const { boxOf, height, source, target, pull, ins, outs } = board;
  let [sum, weights] = [0, 0];
  function add(e: number, card: number, other: number) {
    if (boxOf[other] === box) return;
    sum += pull[e]! * (y[other]! + height[other]! / 2 - y[card]! - height[card]! / 2);
    weights += pull[e]!;
  }
  for (const cards of cells[box]!)
    for (const card of cards) {
      for (const e of ins[card]!) add(e, card, source[e]!);
      for (const e of outs[card]!) add(e, card, target[e]!);
    }
  return weights === 0 ? 0 : sum / weights;
}
