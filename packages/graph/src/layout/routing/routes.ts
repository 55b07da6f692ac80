// The levels of every link: where it leaves, passes each column, and lands. The value that ports, lanes and tracks share.

import type { Board } from '../board.ts';
import { isForward } from '../placing/layers.ts';
import type { Placement } from '../placing/placement.ts';

export interface Routes {
  /** Level of the port at the source and at the target. */
  out: Float64Array;
  in: Float64Array;
  /** Levels in the columns between source and target; of a call back one level for its whole way left. */
  lanes: number[][];
  /** Lanes that gave way to something new. */
  was: (number[] | null)[];
}

/** A hop is a link in one gap. A turn has both of its levels on one side. */
export const PASS = 0;
export const TURN_LEFT_SIDE = 1;
export const TURN_RIGHT_SIDE = 2;

export interface Hop {
  link: number;
  /** Gap g lies right of column g; −1 is the left margin. */
  gap: number;
  kind: number;
  /** Level where it comes from and where it goes to, along the link. */
  from: number;
  to: number;
}

export function emptyRoutes(board: Board): Routes {
  const links = board.links.length;
  return {
    out: new Float64Array(links),
    in: new Float64Array(links),
    lanes: Array.from({ length: links }, () => []),
    was: Array.from({ length: links }, () => null),
  };
}

/** All ports in the middle of their cards: what routing starts from. */
export function middlePorts(board: Board, { y }: Placement, routes: Routes): void {
  for (let e = 0; e < board.links.length; e++) {
    const [s, t] = [board.source[e]!, board.target[e]!];
    routes.out[e] = y[s]! + board.height[s]! / 2;
    routes.in[e] = y[t]! + board.height[t]! / 2;
  }
}

/** From source to target. */
export function hopsOf(board: Board, { layer }: Placement, routes: Routes, link: number): Hop[] {
  const [a, b] = [layer[board.source[link]!]!, layer[board.target[link]!]!];
  const lanes = routes.lanes[link]!;
  const [out, into] = [routes.out[link]!, routes.in[link]!];
  const hops: Hop[] = [];
  if (isForward(board, layer, link)) {
    for (let gap = a; gap < b; gap++) {
      const from = gap === a ? out : lanes[gap - a - 1]!;
      const to = gap === b - 1 ? into : lanes[gap - a]!;
      hops.push({ link, gap, kind: PASS, from, to });
    }
    return hops;
  }
  const level = lanes[0]!;
  hops.push({ link, gap: a, kind: TURN_LEFT_SIDE, from: out, to: level });
  for (let gap = a - 1; gap >= b; gap--) hops.push({ link, gap, kind: PASS, from: level, to: level });
  hops.push({ link, gap: b - 1, kind: TURN_RIGHT_SIDE, from: level, to: into });
  return hops;
}

/** First and last column that a link passes without ending there. */
export function passedColumns(
  { source, target }: Board,
  { layer }: Placement,
  link: number,
): [number, number] {
  const [a, b] = [layer[source[link]!]!, layer[target[link]!]!];
  return b > a ? [a + 1, b - 1] : [b, a];
}
