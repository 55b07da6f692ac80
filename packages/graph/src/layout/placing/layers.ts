// The column of each card: right of its callers, near to whom it talks to, in a narrow box.

import type { Board } from '../board.ts';
import { callsBack } from './cycles.ts';

const WIDENING = 4; // what a further column of a box costs, in columns of link length
const NEW_CALL_BACK = 9;
const SWEEPS = 4;

/** Makes other columns of those found, of what stands at no side. */
export type Refine = (board: Board, layer: Int32Array) => void;

export function layers(board: Board, refine?: Refine): Int32Array {
  const ignored = callsBack(board);
  // What stands at a side says nothing about the columns between the sides.
  for (const e of board.links.keys())
    if (board.sides[board.source[e]!] || board.sides[board.target[e]!]) ignored[e] = 1;
  const layer = longestPaths(board, ignored);
  for (let sweep = 0; sweep < SWEEPS; sweep++) if (!tighten(board, ignored, layer)) break;
  refine?.(board, layer);
  const last = Math.max(0, ...layer);
  for (const [card, side] of board.sides.entries()) if (side) layer[card] = side === 'left' ? -1 : last + 1;
  return withoutEmptyColumns(layer);
}

/** A link runs forward when its target stands further right. */
export function isForward(board: Board, layer: Int32Array, link: number): boolean {
  return layer[board.target[link]!]! > layer[board.source[link]!]!;
}

function longestPaths({ cards, source, target, outs, ins }: Board, back: Uint8Array): Int32Array {
  const layer = new Int32Array(cards.length);
  const waiting = Int32Array.from(ins, (links) => links.filter((e) => !back[e]).length);
  const ready = [...cards.keys()].filter((card) => waiting[card] === 0);
  for (let card = ready.pop(); card !== undefined; card = ready.pop()) {
    for (const e of outs[card]!) {
      if (back[e]) continue;
      const next = target[e]!;
      layer[next] = Math.max(layer[next]!, layer[source[e]!]! + 1);
      waiting[next]! -= 1;
      if (waiting[next] === 0) ready.push(next);
    }
  }
  return layer;
}

/** One sweep from the right; says whether anything moved. */
function tighten(board: Board, back: Uint8Array, layer: Int32Array): boolean {
  const { cards, source, target, outs, ins, leftmost, sides } = board;
  const last = Math.max(0, ...layer);
  let moved = false;
  const rightmostFirst = [...cards.keys()].sort((a, b) => layer[b]! - layer[a]! || a - b);
  for (const card of rightmostFirst) {
    if (leftmost[card] || sides[card]) continue;
    const callers = ins[card]!.filter((e) => !back[e]).map((e) => layer[source[e]!]!);
    const callees = outs[card]!.filter((e) => !back[e]).map((e) => layer[target[e]!]!);
    const first = Math.max(-1, ...callers) + 1;
    // A card without callers may stand right of one it calls: else one early callee stretches its box over everything.
    const end = callers.length === 0 ? last : Math.min(last + 1, ...callees) - 1;
    const widening = wideningOf(board, layer, card);
    const costAt = (at: number) => {
      let cost = WIDENING * widening(at);
      for (const caller of callers) cost += at - caller;
      for (const callee of callees) cost += callee > at ? callee - at : at - callee + NEW_CALL_BACK;
      return cost;
    };
    let best = layer[card]!;
    let least = costAt(best);
    for (let at = first; at <= end; at++) {
      const cost = costAt(at);
      if (cost < least) [best, least] = [at, cost];
    }
    moved ||= best !== layer[card];
    layer[card] = best;
  }
  return moved;
}

function wideningOf({ boxOf, framed }: Board, layer: Int32Array, card: number): (at: number) => number {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  const box = boxOf[card]!;
  if (framed[box])
    for (let other = 0; other < boxOf.length; other++) {
      if (other === card || boxOf[other] !== box) continue;
      left = Math.min(left, layer[other]!);
      right = Math.max(right, layer[other]!);
    }
  return (at) => (left > right ? 0 : Math.max(0, left - at, at - right));
}

function withoutEmptyColumns(layer: Int32Array): Int32Array {
  const used = [...new Set(layer)].sort((a, b) => a - b);
  const column = new Map(used.map((at, i) => [at, i]));
  return layer.map((at) => column.get(at)!);
}
