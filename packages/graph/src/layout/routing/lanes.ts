// A level for each link in each column that it passes: free, near to its ends, and crossing little.

import type { Board } from '../board.ts';
import { isForward } from '../placing/layers.ts';
import type { Placement } from '../placing/placement.ts';
import type { Units } from './bundles.ts';
import { addHop, type Gaps, passCosts, removeHops, turnCost } from './gaps.ts';
import { hopsOf, passedColumns, type Routes, TURN_LEFT_SIDE, TURN_RIGHT_SIDE } from './routes.ts';
import { isForeign, nearestFree, type Space, take } from './space.ts';

export const CROSSING = 40;
const RISE = 48;
const RISE_PER_PX = 0.4;
const JOG = 12;
const JOG_HEIGHT = 14;
const FOREIGN_BOX = 26;
const OWN_BUNDLE = -30;
const MOST_RISES = 3; // of two bends each
const MOST_SINGLE_COLUMNS = 6;

export interface LaneTable {
  board: Board;
  placement: Placement;
  units: Units;
  routes: Routes;
  space: Space;
  gaps: Gaps;
  /** Lanes keep apart. Off in the first, rough look that only counts. */
  exclusive: boolean;
}

/** Short links first: they have the least choice. Calls back last, as they go around all else. */
export function laneOrder(board: Board, placement: Placement): number[] {
  const { layer } = placement;
  const length = board.links.map((_, e) => {
    const [a, b] = [layer[board.source[e]!]!, layer[board.target[e]!]!];
    return b > a ? b - a : 1000 + a - b;
  });
  return [...board.links.keys()].sort(
    (a, b) => length[a]! - length[b]! || board.pull[b]! - board.pull[a]! || a - b,
  );
}

/** Puts the hops of a routed link into its gaps, and its lanes into their columns. */
export function lay(table: LaneTable, link: number): void {
  for (const hop of hopsOf(table.board, table.placement, table.routes, link)) addHop(table.gaps, hop);
  eachLane(table, link, (column, level) => take(table.space, column, level, 1));
}

export function lift(table: LaneTable, link: number): void {
  const { board, placement, routes, gaps } = table;
  for (const { gap } of hopsOf(board, placement, routes, link)) removeHops(gaps, gap, link);
  eachLane(table, link, (column, level) => take(table.space, column, level, -1));
}

function eachLane(table: LaneTable, link: number, visit: (column: number, level: number) => void): void {
  const { board, placement, routes } = table;
  const [first, last] = passedColumns(board, placement, link);
  const lanes = routes.lanes[link]!;
  const forward = isForward(board, placement.layer, link);
  for (let c = first; c <= last; c++) visit(c, lanes[forward ? c - first : 0]!);
}

/** Chooses the lanes of one link against all that lies there. */
export function route(table: LaneTable, link: number): void {
  const { board, placement, routes } = table;
  const [first, last] = passedColumns(board, placement, link);
  if (isForward(board, placement.layer, link))
    routes.lanes[link] = first > last ? [] : forwardLanes(table, link, first, last);
  else routes.lanes[link] = [backLane(table, link, first, last)];
}

/** The cheapest lanes; when they rise too often, those of one level all along. */
function forwardLanes(table: LaneTable, link: number, first: number, last: number): number[] {
  const lanes = cheapestLanes(table, link, candidatesOf(table, link, first, last), first, last);
  const levels = [table.routes.out[link]!, ...lanes, table.routes.in[link]!];
  const rises = levels.filter((level, i) => i > 0 && Math.abs(level - levels[i - 1]!) > 0.05).length;
  if (rises <= MOST_RISES) return lanes;
  const everywhere = levelsNear(
    table.space,
    first,
    last,
    anchorsOf(levels[0]!, levels.at(-1)!),
    table.exclusive,
  ).sort((a, b) => a - b);
  const oneLevel = { levels: lanes.map(() => everywhere), shared: null };
  return cheapestLanes(table, link, oneLevel, first, last, true);
}

function cheapestLanes(
  table: LaneTable,
  link: number,
  candidates: Candidates,
  first: number,
  last: number,
  oneLevel = false,
): number[] {
  const { board, routes, units, gaps } = table;
  const [out, into] = [routes.out[link]!, routes.in[link]!];
  const unit = units.of[link]!;
  const boxes = [board.boxOf[board.source[link]!]!, board.boxOf[board.target[link]!]!] as const;
  const price = CROSSING * units.share[link]!;

  let before: readonly number[] = [out];
  let costs = [0];
  const choices: number[][] = [];
  for (let c = first; c <= last + 1; c++) {
    const levels = c > last ? [into] : candidates.levels[c - first]!;
    const passing = passCosts(gaps, c - 1, unit, units, price, before, levels);
    const width = levels.length + 1;
    const next: number[] = [];
    const choice: number[] = [];
    for (let j = 0; j < levels.length; j++) {
      const level = levels[j]!;
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < before.length; i++) {
        const from = before[i]!;
        if (oneLevel && c > first && c <= last && from !== level) continue;
        const cost = costs[i]! + riseCost(Math.abs(from - level)) + passing[i * width + j]!;
        if (cost < least) {
          best = i;
          least = cost;
        }
      }
      choice.push(best);
      next.push(least + (c > last ? 0 : columnCost(table, candidates, c, c - first, level, boxes)));
    }
    choices.push(choice);
    before = levels;
    costs = next;
  }

  const lanes: number[] = [];
  let chosen = choices.at(-1)![0]!;
  for (let c = last; c >= first; c--) {
    lanes.unshift(candidates.levels[c - first]![chosen]!);
    chosen = choices[c - first]![chosen]!;
  }
  return lanes;
}

function riseCost(height: number): number {
  if (height < 0.5) return 0;
  return RISE + RISE_PER_PX * height + (height < JOG_HEIGHT ? JOG : 0);
}

function columnCost(
  { space, placement }: LaneTable,
  { shared }: Candidates,
  column: number,
  index: number,
  level: number,
  [a, b]: readonly [number, number],
): number {
  const cost = isForeign(space, placement, column, level, a, b) ? FOREIGN_BOX : 0;
  return shared?.[index]?.includes(level) ? cost + OWN_BUNDLE : cost;
}

/** By column: rising levels to choose from, and those of them where the link's bundle already lies. */
interface Candidates {
  levels: readonly (readonly number[])[];
  shared: readonly (readonly number[])[] | null;
}

function candidatesOf(table: LaneTable, link: number, first: number, last: number): Candidates {
  const { routes, space, exclusive } = table;
  const [out, into] = [routes.out[link]!, routes.in[link]!];
  const anchors = anchorsOf(out, into);
  const everywhere = levelsNear(space, first, last, anchors, exclusive).sort((a, b) => a - b);
  const columns = last - first + 1;
  const singles = exclusive && columns > 1 && columns <= MOST_SINGLE_COLUMNS;
  const shared = bundleLanes(table, link, first, last);
  if (!singles && !shared) return { levels: new Array(columns).fill(everywhere), shared };
  const levels = Array.from({ length: columns }, (_, i) => {
    const found = new Set(everywhere);
    if (singles)
      for (const level of levelsNear(space, first + i, first + i, anchors, exclusive)) found.add(level);
    for (const level of shared?.[i] ?? []) found.add(level);
    return [...found].sort((a, b) => a - b);
  });
  return { levels, shared };
}

/** The middle of two near levels would only make two jogs of one. */
function anchorsOf(out: number, into: number): number[] {
  return Math.abs(out - into) < JOG_HEIGHT ? [out, into] : [out, into, (out + into) / 2];
}

function levelsNear(
  space: Space,
  first: number,
  last: number,
  anchors: readonly number[],
  exclusive: boolean,
): number[] {
  const levels = new Set<number>();
  for (const anchor of anchors)
    for (const step of [1, -1] as const) {
      const level = nearestFree(space, first, last, anchor, step, exclusive);
      if (level !== null) levels.add(level);
    }
  return [...levels];
}

/** By column: where others of its bundle already lie, the only lanes that a link may share. Null for a link alone. */
function bundleLanes(
  { board, placement, units, routes }: LaneTable,
  link: number,
  first: number,
  last: number,
): number[][] | null {
  const members = units.members[units.of[link]!]!;
  if (members.length === 1) return null;
  const levels: number[][] = Array.from({ length: last - first + 1 }, () => []);
  for (const other of members) {
    if (other === link || !isForward(board, placement.layer, other)) continue;
    const [from] = passedColumns(board, placement, other);
    for (const [i, level] of routes.lanes[other]!.entries()) levels[from + i - first]?.push(level);
  }
  return levels;
}

function backLane(table: LaneTable, link: number, first: number, last: number): number {
  const { routes, space, exclusive, units, gaps, placement, board } = table;
  const [out, into] = [routes.out[link]!, routes.in[link]!];
  const unit = units.of[link]!;
  const boxes = [board.boxOf[board.source[link]!]!, board.boxOf[board.target[link]!]!] as const;
  const levels = levelsNear(space, first, last, anchorsOf(out, into), exclusive);
  let [best, least] = [levels[0] ?? -20, Number.POSITIVE_INFINITY];
  for (const level of levels) {
    let crossings =
      turnCost(gaps, last, TURN_LEFT_SIDE, unit, units, Math.min(out, level), Math.max(out, level)) +
      turnCost(gaps, first - 1, TURN_RIGHT_SIDE, unit, units, Math.min(into, level), Math.max(into, level));
    for (let gap = first; gap < last; gap++)
      crossings += passCosts(gaps, gap, unit, units, 1, [level], [level])[0]!;
    let cost =
      CROSSING * units.share[link]! * crossings +
      riseCost(Math.abs(out - level)) +
      riseCost(Math.abs(into - level));
    for (let c = first; c <= last; c++)
      cost += isForeign(space, placement, c, level, ...boxes) ? FOREIGN_BOX : 0;
    if (cost < least) [best, least] = [level, cost];
  }
  return best;
}
