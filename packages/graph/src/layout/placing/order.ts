// The order of boxes and of cards in their columns: several starts, each swept and searched by a cheap cost.

import type { Board } from '../board.ts';
import type { Units } from '../routing/bundles.ts';
import { cheapCost, crossingsOf, linesOf, setLine } from './cheap-cost.ts';
import { copyOf, firstPlacement, type Placement } from './placement.ts';
import { place, pullOf, wantedY } from './places.ts';
import { straighten } from './straighten.ts';

type Walk = 'heavy' | 'light' | 'name' | 'name-reversed';
const WALKS: readonly Walk[] = ['heavy', 'light', 'name', 'name-reversed'];
const CROSSING_WEIGHTS = [50, 200] as const;

/** Placed candidates, each the best of its start. Fewer starts for larger meshes. */
export function orders(board: Board, layer: Int32Array, units: Units): Placement[] {
  const cards = board.cards.length;
  const starts = cards <= 40 ? 8 : cards <= 80 ? 4 : cards <= 200 ? 2 : 1;
  return Array.from({ length: starts }, (_, i) =>
    ordered(
      board,
      layer,
      units,
      WALKS[(i >> 1) % 4]!,
      CROSSING_WEIGHTS[starts === 1 ? 1 : ((i % 2) as 0 | 1)],
    ),
  );
}

function ordered(
  board: Board,
  layer: Int32Array,
  units: Units,
  walk: Walk,
  crossingWeight: number,
): Placement {
  const large = board.cards.length > 200;
  const sweeps = large ? 14 : 12;
  const placement = firstPlacement(board, layer);
  sortAll(board, placement, visits(board, walk));
  place(board, placement);
  let best = copyOf(placement);
  let least = cheapCost(board, placement, units, crossingWeight);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    sortCards(board, placement, (['callers', 'callees', 'both'] as const)[sweep % 3]!);
    if (sweep % 2 === 1 && sweep < 0.7 * sweeps) sortBoxes(board, placement);
    place(board, placement);
    const cost = cheapCost(board, placement, units, crossingWeight);
    if (cost < least) [best, least] = [copyOf(placement), cost];
  }
  if (!large) best = search(board, best, least, units, crossingWeight);
  straighten(board, best);
  return best;
}

/** When a walk from the callers first comes by each card. */
function visits({ cards, source, target, rps, outs, ins, leftmost }: Board, walk: Walk): Int32Array {
  const at = new Int32Array(cards.length).fill(-1);
  let next = 0;
  const sign = walk === 'light' || walk === 'name-reversed' ? -1 : 1;
  const byRate = walk === 'heavy' || walk === 'light';
  function visit(card: number): void {
    if (at[card] !== -1) return;
    at[card] = next++;
    const callees = [...outs[card]!].sort(
      (a, b) => sign * (byRate ? rps[b]! - rps[a]! : target[a]! - target[b]!) || target[a]! - target[b]!,
    );
    for (const e of callees) visit(target[e]!);
  }
  const out = cards.map((_, card) => outs[card]!.reduce((sum, e) => sum + rps[e]!, 0));
  const roots = [...cards.keys()].sort(
    (a, b) =>
      Number(leftmost[b]) - Number(leftmost[a]) ||
      Number(ins[a]!.some((e) => source[e] !== a)) - Number(ins[b]!.some((e) => source[e] !== b)) ||
      sign * (byRate ? out[b]! - out[a]! : a - b) ||
      a - b,
  );
  for (const card of roots) visit(card);
  return at;
}

function sortAll(board: Board, placement: Placement, at: Int32Array): void {
  const first = new Float64Array(board.boxes.length).fill(Number.POSITIVE_INFINITY);
  for (const [card, box] of board.boxOf.entries()) first[box] = Math.min(first[box]!, at[card]!);
  placement.order.sort((a, b) => first[a]! - first[b]!);
  for (const columns of placement.cells) for (const cards of columns) cards.sort((a, b) => at[a]! - at[b]!);
}

function sortCards(board: Board, placement: Placement, which: 'callers' | 'callees' | 'both'): void {
  for (const columns of placement.cells)
    for (const cards of columns) {
      if (cards.length < 2) continue;
      const wanted = new Map(
        cards.map((card) => [card, wantedY(board, placement, card, which) ?? placement.y[card]!]),
      );
      cards.sort((a, b) => wanted.get(a)! - wanted.get(b)! || a - b);
    }
}

function sortBoxes(board: Board, placement: Placement): void {
  const wanted = placement.boxY.map(
    (y, box) => y + placement.boxHeight[box]! / 2 + pullOf(board, placement, box),
  );
  placement.order.sort((a, b) => wanted[a]! - wanted[b]! || a - b);
}

/** Moves single boxes in the order and swaps neighbours in columns while that gets cheaper. */
function search(
  board: Board,
  start: Placement,
  cost: number,
  units: Units,
  crossingWeight: number,
): Placement {
  let best = start;
  let least = cost;
  const boxes = board.boxes.length;
  let trials = Math.round(900 / (boxes + 8));
  for (const box of [...start.order]) {
    for (const beside of boxesBeside(best, box).slice(0, 6)) {
      for (const behind of [0, 1]) {
        if (trials-- <= 0) break;
        const trial = copyOf(best);
        moveBox(trial.order, box, beside, behind);
        place(board, trial);
        const price = cheapCost(board, trial, units, crossingWeight);
        if (price < least - 0.01) [best, least] = [trial, price];
      }
    }
  }
  const swapped = copyOf(best);
  if (swapNeighbours(board, swapped, units, crossingWeight)) {
    place(board, swapped);
    if (cheapCost(board, swapped, units, crossingWeight) < least) best = swapped;
  }
  return best;
}

/** Puts `box` right before or behind `partner`. */
export function moveBox(order: number[], box: number, partner: number, behind: number): void {
  order.splice(order.indexOf(box), 1);
  order.splice(order.indexOf(partner) + behind, 0, box);
}

/** Boxes by how near they are in the order, of those that share a column with it: beyond the others a move changes nothing. */
export function boxesBeside({ order, left, right }: Placement, box: number): number[] {
  const at = order.indexOf(box);
  return order
    .map((other, i) => ({ other, away: Math.abs(i - at) }))
    .filter(({ other }) => other !== box && left[other]! <= right[box]! && right[other]! >= left[box]!)
    .sort((a, b) => a.away - b.away || a.other - b.other)
    .map(({ other }) => other);
}

function swapNeighbours(board: Board, placement: Placement, units: Units, crossingWeight: number): boolean {
  const { y } = placement;
  const lines = linesOf(board, placement);
  const costOf = (links: readonly number[]) => {
    let cost = 0;
    for (const e of links) {
      const dy = Math.abs(lines[4 * e + 1]! - lines[4 * e + 3]!);
      cost += dy * (0.5 + 0.1 * board.pull[e]!) + crossingWeight * crossingsOf(board, lines, units, e);
    }
    return cost;
  };
  let changed = false;
  for (let round = 0; round < 3; round++) {
    let swaps = 0;
    for (const columns of placement.cells)
      for (const cards of columns)
        for (let i = 0; i + 1 < cards.length; i++) {
          const [a, b] = [cards[i]!, cards[i + 1]!];
          const links = [board.ins[a]!, board.outs[a]!, board.ins[b]!, board.outs[b]!].flat();
          const before = costOf(links);
          [y[a], y[b]] = [y[b]!, y[a]!];
          for (const e of links) setLine(board, placement, lines, e);
          if (costOf(links) < before - 0.01) {
            [cards[i], cards[i + 1]] = [b, a];
            swaps++;
          } else {
            [y[a], y[b]] = [y[b]!, y[a]!];
            for (const e of links) setLine(board, placement, lines, e);
          }
        }
    if (swaps === 0) break;
    changed = true;
  }
  return changed;
}
