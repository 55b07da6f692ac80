// The last resort against two links on one line: a port or a lane gives way by a few px.

import type { Board } from '../board.ts';
import { isForward } from '../placing/layers.ts';
import type { Placement } from '../placing/placement.ts';
import type { Units } from './bundles.ts';
import { type LaneTable, lay, lift } from './lanes.ts';
import { type Hop, hopsOf, passedColumns, type Routes } from './routes.ts';
import { createTable } from './routing.ts';
import { isFree } from './space.ts';
import { clashes, type GapTracks, tracksOf } from './tracks.ts';

const STEPS = [4, -4, 6, -6, 8, -8, 10, -10, 13, -13, 20, -20, 30, -30, 44, -44] as const;
const MOST_RISES = 150;
const MOST_TRIALS = 400;
const OUT_APART = 3;
const IN_APART = 14;

/** Tracks of all gaps for `routes`, which may change by a few px where links would lie on one another. */
export function untangled(board: Board, placement: Placement, units: Units, routes: Routes): GapTracks[] {
  const hops = Array.from({ length: placement.columns + 1 }, (): Hop[] => []);
  for (const link of board.links.keys())
    for (const hop of hopsOf(board, placement, routes, link)) hops[hop.gap + 1]!.push(hop);
  const tracks = hops.map((inGap) => tracksOf(inGap, units));

  let table: LaneTable | null = null;
  let trials = 0;

  function tryShift(link: number, apply: (shift: number) => boolean): boolean {
    const gaps = [...new Set(hopsOf(board, placement, routes, link).map(({ gap }) => gap + 1))];
    const clashesIn = (list: readonly GapTracks[]) => list.reduce((sum, gap) => sum + clashes(gap).length, 0);
    const before = clashesIn(gaps.map((gap) => tracks[gap]!));
    for (const shift of STEPS) {
      if (trials++ > MOST_TRIALS) return false;
      if (!apply(shift)) continue;
      const moved = new Map(gaps.map((gap) => [gap, movedHops(gap)]));
      const after = new Map([...moved].map(([gap, inGap]) => [gap, tracksOf(inGap, units)]));
      if (clashesIn([...after.values()]) < before) {
        for (const gap of gaps) {
          hops[gap] = moved.get(gap)!;
          tracks[gap] = after.get(gap)!;
        }
        return true;
      }
      apply(-shift);
    }
    return false;
  }

  function movedHops(gap: number): Hop[] {
    const links = [...new Set(hops[gap]!.map(({ link }) => link))];
    return links.flatMap((link) =>
      hopsOf(board, placement, routes, link).filter((hop) => hop.gap + 1 === gap),
    );
  }

  function giveWay(link: number, gap: number, level: number): boolean {
    if (Math.abs(routes.out[link]! - level) < 0.01 && placement.layer[board.source[link]!] === gap)
      return tryShift(link, (shift) => shiftOut(board, placement, routes, link, shift));
    if (Math.abs(routes.in[link]! - level) < 0.01 && placement.layer[board.target[link]!] === gap + 1)
      return tryShift(link, (shift) => shiftIn(board, placement, units, routes, link, shift));
    table ??= laid(board, placement, units, routes);
    const laneTable = table;
    return tryShift(link, (shift) => shiftLane(laneTable, link, level, shift));
  }

  for (let gap = 0; gap < tracks.length; gap++) {
    if (tracks[gap]!.rises.length > MOST_RISES) continue;
    for (let round = 0; round < 6; round++) {
      const found = clashes(tracks[gap]!);
      if (found.length === 0) break;
      const solved = found.some(([a, b]) => {
        const level = b.left.find((l) => a.right.some((r) => Math.abs(r - l) < 4))!;
        const other = a.right.find((r) => Math.abs(r - level) < 4)!;
        const comes = b.links.find((link) =>
          hopsOf(board, placement, routes, link).some(
            (hop) => hop.gap + 1 === gap && (hop.from === level || hop.to === level),
          ),
        )!;
        return giveWay(comes, gap - 1, level) || a.links.some((link) => giveWay(link, gap - 1, other));
      });
      if (!solved) break;
    }
  }
  return tracks;
}

function laid(board: Board, placement: Placement, units: Units, routes: Routes): LaneTable {
  const table = createTable(board, placement, units, routes, true);
  for (const link of board.links.keys()) lay(table, link);
  return table;
}

function shiftOut(board: Board, { y }: Placement, routes: Routes, link: number, shift: number): boolean {
  const card = board.source[link]!;
  const level = routes.out[link]! + shift;
  if (level < y[card]! + 4 || level > y[card]! + board.height[card]! - 4) return false;
  if (board.outs[card]!.some((e) => e !== link && Math.abs(routes.out[e]! - level) < OUT_APART)) return false;
  routes.out[link] = level;
  return true;
}

function shiftIn(
  board: Board,
  { y }: Placement,
  units: Units,
  routes: Routes,
  link: number,
  shift: number,
): boolean {
  const card = board.target[link]!;
  const unit = units.of[link]!;
  const level = routes.in[link]! + shift;
  if (level < y[card]! + 6 || level > y[card]! + board.height[card]! - 6) return false;
  if (board.ins[card]!.some((e) => units.of[e] !== unit && Math.abs(routes.in[e]! - level) < IN_APART))
    return false;
  for (const e of units.members[unit]!) routes.in[e] = level;
  return true;
}

/** Moves all lanes of the link at `level` (or, on the way back, where they were moved to). */
function shiftLane(table: LaneTable, link: number, level: number, shift: number): boolean {
  const { board, placement, routes, space } = table;
  const [first, last] = passedColumns(board, placement, link);
  const from = routes.lanes[link]!.some((lane) => Math.abs(lane - level) < 0.01) ? level : level - shift;
  const to = from + shift;
  lift(table, link);
  const forward = isForward(board, placement.layer, link);
  const fits = routes.lanes[link]!.every(
    (lane, i) =>
      Math.abs(lane - from) >= 0.01 ||
      isFree(space, forward ? first + i : first, forward ? first + i : last, to, true),
  );
  if (fits || to === level)
    routes.lanes[link] = routes.lanes[link]!.map((lane) => (Math.abs(lane - from) < 0.01 ? to : lane));
  lay(table, link);
  return fits;
}
