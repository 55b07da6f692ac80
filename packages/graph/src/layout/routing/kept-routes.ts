// Levels for a changed scene: old links keep ports, lanes and bundles, new ones take what is free.

import { grouped } from '../../grouped.ts';
import { type Board, mostPorts } from '../board.ts';
import type { LayoutState, LinkPlace } from '../place.ts';
import { isForward } from '../placing/layers.ts';
import type { Placement } from '../placing/placement.ts';
import { bundleClass, toUnits, type Units } from './bundles.ts';
import { type LaneTable, laneOrder, lay, lift, route } from './lanes.ts';
import { emptyRoutes, passedColumns, type Routes } from './routes.ts';
import { createTable } from './routing.ts';
import { isFree } from './space.ts';

const IN_ENOUGH = 18;
const OUT_ENOUGH = 7;
const IN_LEAST = 14;
const OUT_LEAST = 3;
const CORNER = 7;

export function keptRoutes(
  board: Board,
  placement: Placement,
  state: LayoutState,
): { routes: Routes; units: Units } {
  const routes = emptyRoutes(board);
  const old = board.links.map((id, link) => oldPlace(board, placement, state, id, link));
  const kept = new Set<number>();
  for (const [link, place] of old.entries()) {
    if (!place || !portsFree(board, routes, placement, kept, old, link, place)) continue;
    routes.out[link] = placement.y[board.source[link]!]! + place.out;
    routes.in[link] = placement.y[board.target[link]!]! + place.in;
    routes.lanes[link] = [...place.lanes];
    kept.add(link);
  }

  const units = keptUnits(board, placement, routes, old, kept);
  for (const link of board.links.keys())
    if (!kept.has(link)) newOutPort(board, placement, routes, kept, link);

  const table = createTable(board, placement, units, routes, true);
  const unrouted: number[] = [];
  for (const link of laneOrder(board, placement)) {
    const was = kept.has(link) ? old[link]!.was : null;
    if (was && lanesStand(table, link, was, true)) routes.lanes[link] = [...was];
    else if (was) routes.was[link] = was;
    if (kept.has(link) && lanesStand(table, link, routes.lanes[link]!, false)) {
      lay(table, link);
      continue;
    }
    if (kept.has(link)) routes.was[link] = was ?? routes.lanes[link]!;
    unrouted.push(link);
  }
  for (const link of unrouted) routes.lanes[link] = [];
  for (const link of unrouted) {
    route(table, link);
    lay(table, link);
  }
  for (const link of unrouted) {
    if (kept.has(link)) continue;
    meet(table, link);
  }
  return { routes, units };
}

/** What is remembered of a link whose ends stand in the columns where they stood. */
function oldPlace(
  board: Board,
  placement: Placement,
  state: LayoutState,
  id: string,
  link: number,
): LinkPlace | null {
  const place = state.links[id];
  const [source, target] = [board.source[link]!, board.target[link]!];
  const [from, to] = [state.cards[board.cards[source]!], state.cards[board.cards[target]!]];
  if (!place || !from || !to) return null;
  return from.column === placement.layer[source] && to.column === placement.layer[target] ? place : null;
}

/** A link that was gone comes back to its ports only when nobody took them meanwhile. */
function portsFree(
  board: Board,
  routes: Routes,
  { y }: Placement,
  kept: ReadonlySet<number>,
  old: readonly (LinkPlace | null)[],
  link: number,
  place: LinkPlace,
): boolean {
  if (place.goneMs === null) return true;
  const [source, target] = [board.source[link]!, board.target[link]!];
  const present = (e: number) => e !== link && (kept.has(e) || old[e]?.goneMs === null);
  const outOf = (e: number) => (kept.has(e) ? routes.out[e]! - y[source]! : old[e]!.out);
  const intoOf = (e: number) => (kept.has(e) ? routes.in[e]! - y[target]! : old[e]!.in);
  const bundleOf = (e: number) => old[e]?.bundle ?? null;
  return (
    board.outs[source]!.every((e) => !present(e) || Math.abs(outOf(e) - place.out) >= OUT_LEAST) &&
    board.ins[target]!.every(
      (e) =>
        !present(e) ||
        Math.abs(intoOf(e) - place.in) >= IN_LEAST - 1 ||
        (place.bundle !== null && bundleOf(e) === place.bundle),
    )
  );
}

/** Old bundles stay. A new link joins one of its kind where its card has no room for another port. Sets new in ports. */
function keptUnits(
  board: Board,
  placement: Placement,
  routes: Routes,
  old: readonly (LinkPlace | null)[],
  kept: ReadonlySet<number>,
): Units {
  const { y } = placement;
  const members: number[][] = [];
  for (const [card, ins] of board.ins.entries()) {
    const together = grouped(
      ins.filter((e) => kept.has(e)),
      (e) => old[e]!.bundle ?? e,
    );
    const units = [...together.values()];
    for (const e of ins) {
      if (kept.has(e)) continue;
      const source = board.source[e]!;
      const taken = units.map(([first]) => routes.in[first!]!);
      const partner = y[source]! + board.height[source]! / 2;
      const port = roomiest(y[card]!, board.height[card]!, taken, partner, IN_ENOUGH);
      const like = units
        .filter(([first]) => bundleClass(board, first!) === bundleClass(board, e))
        .sort((a, b) => b.length - a.length || a[0]! - b[0]!)[0];
      const fits = units.length < mostPorts(board, card) && port.room >= IN_LEAST;
      routes.in[e] = fits || !like ? port.level : routes.in[like[0]!]!;
      if (fits || !like) units.push([e]);
      else like.push(e);
    }
    members.push(...units);
  }
  return toUnits(board, members);
}

/** The out port of a new link: away from its neighbours, then near to the other end. */
function newOutPort(
  board: Board,
  { y }: Placement,
  routes: Routes,
  kept: ReadonlySet<number>,
  link: number,
): void {
  const source = board.source[link]!;
  const taken = board.outs[source]!.filter((e) => e !== link && (kept.has(e) || e < link)).map(
    (e) => routes.out[e]!,
  );
  routes.out[link] = roomiest(y[source]!, board.height[source]!, taken, routes.in[link]!, OUT_ENOUGH).level;
}

function roomiest(top: number, height: number, taken: readonly number[], partner: number, enough: number) {
  let best = { level: top + height / 2, room: -1, distance: Number.POSITIVE_INFINITY };
  for (let level = top + CORNER; level <= top + height - CORNER; level += 1) {
    const room = Math.min(enough, ...taken.map((other) => Math.abs(other - level)));
    const distance = Math.abs(level - partner) + 0.01 * Math.abs(level - top - height / 2);
    if (room > best.room || (room === best.room && distance < best.distance))
      best = { level, room, distance };
  }
  return best;
}

/** Whether lanes lie in free space: a new card or box may stand there now. */
function lanesStand(table: LaneTable, link: number, lanes: readonly number[], exclusive: boolean): boolean {
  const { board, placement, space } = table;
  const [first, last] = passedColumns(board, placement, link);
  if (!isForward(board, placement.layer, link))
    return lanes.length === 1 && isFree(space, first, last, lanes[0]!, exclusive);
  return (
    lanes.length === Math.max(0, last - first + 1) &&
    lanes.every((level, i) => isFree(space, first + i, first + i, level, exclusive))
  );
}

/** The out port of a new link goes straight to its lane where its neighbours leave room. */
function meet(table: LaneTable, link: number): void {
  const { board, placement, routes } = table;
  if (!isForward(board, placement.layer, link)) return;
  const source = board.source[link]!;
  const top = placement.y[source]!;
  const to = routes.lanes[link]![0] ?? routes.in[link]!;
  if (to < top + CORNER || to > top + board.height[source]! - CORNER) return;
  if (board.outs[source]!.some((e) => e !== link && Math.abs(routes.out[e]! - to) < OUT_ENOUGH - 1)) return;
  lift(table, link);
  routes.out[link] = to;
  lay(table, link);
}
