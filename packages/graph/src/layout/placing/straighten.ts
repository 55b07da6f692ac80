// Last small moves of cards and boxes that turn bent links into straight ones. The order never changes.

import type { Board } from '../board.ts';
import { CARD_GAP, footOf, gapBetween, headOf, type Placement } from './placement.ts';

const ROUNDS = 4;
const PORTS_REACH = 14; // what ports can take up by themselves
const BEND = 26;
const WORTH = 0.01;

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
  const best = bestShift(board, placement, [card], -1, low - y[card]!, high - y[card]!);
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
  const best = bestShift(board, placement, cards, box, low - boxY[box]!, high - boxY[box]!);
  if (best === 0) return false;
  boxY[box]! += best;
  for (const card of cards) y[card]! += best;
  return true;
}

/**
 * The shift by which `cards` lie best with whom they talk to, among those that put one of them on a level with a partner
 * and are between `low` and `high`. Partners in `box` are left out: they move along.
 */
function bestShift(
  { boxOf, height, source, target, pull, ins, outs }: Board,
  { y }: Placement,
  cards: readonly number[],
  box: number,
  low: number,
  high: number,
): number {
  const weights: number[] = [];
  const distances: number[] = [];
  for (const card of cards) {
    const middle = y[card]! + height[card]! / 2;
    for (const e of ins[card]!) {
      const other = source[e]!;
      if (boxOf[other] === box) continue;
      weights.push(pull[e]!);
      distances.push(y[other]! + height[other]! / 2 - middle);
    }
    for (const e of outs[card]!) {
      const other = target[e]!;
      if (boxOf[other] === box) continue;
      weights.push(pull[e]!);
      distances.push(y[other]! + height[other]! / 2 - middle);
    }
  }
  const costAt = (shift: number) => {
    let cost = 0;
    for (let i = 0; i < weights.length; i++) cost += weights[i]! * priceOf(distances[i]! - shift);
    return cost;
  };
  let best = 0;
  let least = costAt(0) - WORTH;
  for (const distance of distances) {
    const shift = 2 * Math.round(distance / 2);
    if (shift === 0 || shift < low || shift > high) continue;
    const cost = costAt(shift);
    const isBetter = cost < least - WORTH || (cost < least && nearer(shift, best));
    if (!isBetter) continue;
    best = shift;
    least = cost;
  }
  return best;
}

/** Of two shifts that cost the same the shorter one, upwards first: whatever the order in which they came. */
function nearer(shift: number, than: number): boolean {
  return Math.abs(shift) < Math.abs(than) || (shift === -than && shift < 0);
}
