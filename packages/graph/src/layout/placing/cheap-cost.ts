// What an order costs before anything is routed: length, straight-line crossings and height.

import type { Board } from '../board.ts';
import type { Units } from '../routing/bundles.ts';
import type { Placement } from './placement.ts';

/** Above it counting crossings pair by pair costs more than it tells. */
const MOST_LINKS = 350;

export function cheapCost(board: Board, placement: Placement, units: Units, crossingWeight: number): number {
  const { y } = placement;
  let length = 0;
  for (let e = 0; e < board.links.length; e++) {
    const [s, t] = [board.source[e]!, board.target[e]!];
    const dy = Math.abs(y[s]! + board.height[s]! / 2 - y[t]! - board.height[t]! / 2);
    length += dy * (0.5 + 0.1 * board.pull[e]!);
  }
  return length + crossingWeight * straightCrossings(board, placement, units) + 2 * tallness(placement);
}

/** Taller than the screen is worse than wide: it must be scrolled. */
export function tallness({ height, columns }: Placement): number {
  return 0.5 * height + 2 * Math.max(0, height - Math.max(780, 130 * columns));
}

/** Crossings as if each link were a straight line between the middles of its cards. */
export function straightCrossings(board: Board, placement: Placement, units: Units): number {
  const links = board.links.length;
  if (links > MOST_LINKS) return 0;
  const lines = linesOf(board, placement);
  let crossings = 0;
  for (let e = 0; e < links; e++) crossings += crossingsOf(board, lines, units, e, e + 1);
  return crossings;
}

/** Left and right end of each link: column and height. */
export function linesOf(board: Board, placement: Placement): Float64Array {
  const lines = new Float64Array(4 * board.links.length);
  for (let e = 0; e < board.links.length; e++) setLine(board, placement, lines, e);
  return lines;
}

export function setLine(board: Board, { layer, y }: Placement, lines: Float64Array, e: number): void {
  let a = board.source[e]!;
  let b = board.target[e]!;
  if (layer[a]! > layer[b]!) [a, b] = [b, a];
  lines[4 * e] = layer[a]!;
  lines[4 * e + 1] = y[a]! + board.height[a]! / 2;
  lines[4 * e + 2] = layer[b]!;
  lines[4 * e + 3] = y[b]! + board.height[b]! / 2;
}

/** Crossings of link `e` with all links from `first` on. */
export function crossingsOf(board: Board, lines: Float64Array, units: Units, e: number, first = 0): number {
  const { source, target } = board;
  const s = source[e]!;
  const t = target[e]!;
  const x1 = lines[4 * e]!;
  const y1 = lines[4 * e + 1]!;
  const x2 = lines[4 * e + 2]!;
  const y2 = lines[4 * e + 3]!;
  const slope = x2 > x1 ? (y2 - y1) / (x2 - x1) : 0;
  let crossings = 0;
  for (let f = first; f < source.length; f++) {
    if (f === e || source[f] === s || target[f] === t || source[f] === t || target[f] === s) continue;
    const fx1 = lines[4 * f]!;
    const fx2 = lines[4 * f + 2]!;
    const left = Math.max(x1, fx1);
    const right = Math.min(x2, fx2);
    if (right <= left) continue;
    const fy1 = lines[4 * f + 1]!;
    const fSlope = (lines[4 * f + 3]! - fy1) / (fx2 - fx1);
    const before = y1 + slope * (left - x1) - fy1 - fSlope * (left - fx1);
    const after = y1 + slope * (right - x1) - fy1 - fSlope * (right - fx1);
    if (before * after < 0) crossings += units.share[e]! * units.share[f]!;
  }
  return crossings;
}
