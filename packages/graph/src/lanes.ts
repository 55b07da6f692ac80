// A level for each link in each column that it passes: free, near to its ends, and crossing little.

import type { Board } from './board.ts';
import type { Units } from './bundles.ts';
import { addHop, type Gaps, passCosts, removeHops, turnCost } from './gaps.ts';
import { isForward } from './layers.ts';
import type { Placement } from './placement.ts';
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
  return cheapestLanes(
    table,
    link,
    lanes.map(() => everywhere),
    first,
    last,
    true,
  );
}

function cheapestLanes(
  table: LaneTable,
  link: number,
  candidates: readonly (readonly number[])[],
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
    const levels = c > last ? [into] : candidates[c - first]!;
    const passing = passCosts(gaps, c - 1, unit, units, price, before, levels);
    const width = levels.length + 1;
    const next: number[] = [];
    const choice: number[] = [];
    for (const [j, level] of levels.entries()) {
      let [best, least] = [0, Number.POSITIVE_INFINITY];
      for (const [i, from] of before.entries()) {
        if (oneLevel && c > first && c <= last && from !== level) continue;
        const cost = costs[i]! + riseCost(Math.abs(from - level)) + passing[i * width + j]!;
        if (cost < least) [best, least] = [i, cost];
      }
      choice.push(best);
      next.push(least + (c > last ? 0 : columnCost(table, link, c, level, boxes)));
    }
    choices.push(choice);
    [before, costs] = [levels, next];
  }

  const lanes: number[] = [];
  let chosen = choices.at(-1)![0]!;
  for (let c = last; c >= first; c--) {
    lanes.unshift(candidates[c - first]![chosen]!);
    chosen = choices[c - first]![chosen]!;
  }
  return lanes;
}

function riseCost(height: number): number {
  if (height < 0.5) return 0;
  return RISE + RISE_PER_PX * height + (height < JOG_HEIGHT ? JOG : 0);
}

function columnCost(
  table: LaneTable,
  link: number,
  column: number,
  level: number,
  [a, b]: readonly [number, number],
): number {
  let cost = isForeign(table.space, table.placement, column, level, a, b) ? FOREIGN_BOX : 0;
  if (bundleLanes(table, link, column).includes(level)) cost += OWN_BUNDLE;
  return cost;
}

/** Rising levels to choose from, by column. */
function candidatesOf(table: LaneTable, link: number, first: number, last: number): number[][] {
  const { routes, space, exclusive } = table;
  const [out, into] = [routes.out[link]!, routes.in[link]!];
  const anchors = anchorsOf(out, into);
  const everywhere = levelsNear(space, first, last, anchors, exclusive);
  const columns = last - first + 1;
  const singles = exclusive && columns > 1 && columns <= MOST_SINGLE_COLUMNS;
  return Array.from({ length: columns }, (_, i) => {
    const levels = new Set(everywhere);
    if (singles)
      for (const level of levelsNear(space, first + i, first + i, anchors, exclusive)) levels.add(level);
    for (const level of bundleLanes(table, link, first + i)) levels.add(level);
    return [...levels].sort((a, b) => a - b);
  });
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

/** Where others of its bundle already lie in a column: the only lanes that it may share. */
function bundleLanes({ board, placement, units, routes }: LaneTable, link: number, column: number): number[] {
  const members = units.members[units.of[link]!]!;
  if (members.length === 1) return [];
  const levels: number[] = [];
  for (const other of members) {
    if (other === link || !isForward(board, placement.layer, other)) continue;
    const [first] = passedColumns(board, placement, other);
    const level = routes.lanes[other]![column - first];
    if (level !== undefined && column >= first) levels.push(level);
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
