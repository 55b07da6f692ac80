// Last small moves of cards and boxes that turn bent links into straight ones. The order never changes.

import type { Board } from './board.ts';
import { CARD_GAP, footOf, gapBetween, headOf, type Placement } from './placement.ts';

const ROUNDS = 4;
const PORTS_REACH = 14; // what ports can take up by themselves
const BEND = 26;

export function straighten(board: Board, placement: Placement): void {
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (const box of placement.order) {
      if (board.framed[box])
        for (const cards of placement.cells[box]!)
          for (const i of cards.keys()) moved = straightenCard(board, placement, box, cards, i) || moved;
      moved = straightenBox(board, placement, box) || moved;
    }
    if (!moved) return;
  }
}

function priceOf(distance: number): number {
  const d = Math.abs(distance);
  return d <= PORTS_REACH ? 0.3 * d : BEND + d;
}

function straightenCard(
  board: Board,
  placement: Placement,
  box: number,
  cards: number[],
  i: number,
): boolean {
  const { y, above, boxY, boxHeight } = placement;
  const card = cards[i]!;
  const upper = cards[i - 1];
  const lower = cards[i + 1];
  const low =
    upper === undefined
      ? boxY[box]! + headOf(board, box) + above[card]!
      : y[upper]! + board.height[upper]! + CARD_GAP + above[card]!;
  const high =
    (lower === undefined
      ? boxY[box]! + boxHeight[box]! - footOf(board, box)
      : y[lower]! - CARD_GAP - above[lower]!) - board.height[card]!;
  const shifts = shiftsOf(board, placement, [card], -1).filter(
    (s) => y[card]! + s >= low && y[card]! + s <= high,
  );
  const best = bestShift(board, placement, [card], -1, shifts);
  y[card]! += best;
  return best !== 0;
}

function straightenBox(board: Board, placement: Placement, box: number): boolean {
  const { order, left, right, boxY, boxHeight, aboveBox, y } = placement;
  const place = order.indexOf(box);
  let [low, high] = [0, placement.height - boxHeight[box]!];
  for (const [i, other] of order.entries()) {
    if (other === box || left[other]! > right[box]! || right[other]! < left[box]!) continue;
    if (i < place)
      low = Math.max(low, boxY[other]! + boxHeight[other]! + gapBetween(board, other, box) + aboveBox[box]!);
    else
      high = Math.min(
        high,
        boxY[other]! - gapBetween(board, box, other) - aboveBox[other]! - boxHeight[box]!,
      );
  }
  const cards = placement.cells[box]!.flat();
  const shifts = shiftsOf(board, placement, cards, box).filter(
    (s) => boxY[box]! + s >= low && boxY[box]! + s <= high,
  );
  const best = bestShift(board, placement, cards, box, shifts);
  if (best === 0) return false;
  boxY[box]! += best;
  for (const card of cards) y[card]! += best;
  return true;
}

/** Shifts that put one of `cards` on a level with one it talks to. `box` is left out as a partner when it moves itself. */
function shiftsOf(board: Board, placement: Placement, cards: readonly number[], box: number): number[] {
  const shifts = new Set<number>();
  eachLink(board, placement, cards, box, (_, distance) => shifts.add(2 * Math.round(distance / 2)));
  return [...shifts].sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
}

function bestShift(
  board: Board,
  placement: Placement,
  cards: readonly number[],
  box: number,
  shifts: readonly number[],
): number {
  const costs = new Map([0, ...shifts].map((shift) => [shift, 0]));
  eachLink(board, placement, cards, box, (weight, distance) => {
    for (const [shift, cost] of costs) costs.set(shift, cost + weight * priceOf(distance - shift));
  });
  let best = 0;
  for (const [shift, cost] of costs) if (cost < costs.get(best)! - 0.01) best = shift;
  return best;
}

function eachLink(
  { boxOf, height, source, target, pull, ins, outs }: Board,
  { y }: Placement,
  cards: readonly number[],
  box: number,
  visit: (weight: number, distance: number) => void,
): void {
  for (const card of cards) {
    const middle = y[card]! + height[card]! / 2;
    for (const e of ins[card]!) {
      const other = source[e]!;
      if (boxOf[other] !== box) visit(pull[e]!, y[other]! + height[other]! / 2 - middle);
    }
    for (const e of outs[card]!) {
      const other = target[e]!;
      if (boxOf[other] !== box) visit(pull[e]!, y[other]! + height[other]! / 2 - middle);
    }
  }
}
