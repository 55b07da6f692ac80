// Ports and lanes in turns: ports want to know the lanes, and lanes the ports.

import type { Board } from '../board.ts';
import { tallness } from '../placing/cheap-cost.ts';
import type { Placement } from '../placing/placement.ts';
import type { Units } from './bundles.ts';
import { addHop, createGaps, inversions } from './gaps.ts';
import { CROSSING, type LaneTable, laneOrder, lay, lift, route } from './lanes.ts';
import { meetPorts, setPorts } from './ports.ts';
import { emptyRoutes, hopsOf, middlePorts, type Routes } from './routes.ts';
import { toSpace } from './space.ts';

const ROUNDS = 3;
const MANY_LINKS = 1000;
const WIDTH_PER_TRACK = 10;
const ROW = 34;

export function createTable(
  board: Board,
  placement: Placement,
  units: Units,
  routes: Routes,
  exclusive: boolean,
): LaneTable {
  const space = toSpace(board, placement, exclusive);
  return { board, placement, units, routes, space, gaps: createGaps(placement.columns), exclusive };
}

/** Everything routed, with lanes that keep apart. */
export function routeAll(board: Board, placement: Placement, units: Units): Routes {
  const routes = emptyRoutes(board);
  middlePorts(board, placement, routes);
  const order = laneOrder(board, placement);
  const rounds = order.length > MANY_LINKS ? 2 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    const table = createTable(board, placement, units, routes, true);
    const before = routes.lanes;
    routes.lanes = before.map(() => []);
    for (const link of order) {
      route(table, link);
      lay(table, link);
    }
    if (round === rounds - 1) break;
    // Now that all lie, each may choose again against all others.
    if (order.length <= MANY_LINKS) for (const link of order) reroute(table, link);
    setPorts(board, placement, units, routes);
  }
  meetPorts(board, placement, units, routes);
  return routes;
}

function reroute(table: LaneTable, link: number): void {
  lift(table, link);
  route(table, link);
  lay(table, link);
}

/** A quick look without exclusion: what a placement will cost, and which channels are too narrow. */
export function roughRoutes(board: Board, placement: Placement, units: Units): LaneTable {
  const routes = emptyRoutes(board);
  middlePorts(board, placement, routes);
  setPorts(board, placement, units, routes);
  const table = createTable(board, placement, units, routes, false);
  for (const link of laneOrder(board, placement)) {
    route(table, link);
    lay(table, link);
  }
  // The ports were set before any lane was known: once more, so that what is judged is what will be drawn.
  setPorts(board, placement, units, routes);
  return table;
}

/** What a reader pays: crossings, bends, long rises, and a picture larger than the screen. */
export function routedCost(board: Board, placement: Placement, units: Units, routes: Routes): number {
  const gaps = createGaps(placement.columns);
  for (const link of board.links.keys())
    for (const hop of hopsOf(board, placement, routes, link)) addHop(gaps, hop);
  let cost = CROSSING * inversions(gaps, units) + tallness(placement);
  const rows = Math.ceil(placement.height / ROW) + 1;
  for (const { a, b } of gaps) {
    const density = new Uint16Array(rows);
    for (let i = 0; i < a.length; i++) {
      const [top, bottom] = a[i]! < b[i]! ? [a[i]!, b[i]!] : [b[i]!, a[i]!];
      if (bottom - top < 0.5) continue;
      cost += 20 + 0.2 * (bottom - top);
      const last = Math.min(rows - 1, Math.floor(bottom / ROW));
      for (let row = Math.max(0, Math.floor(top / ROW)); row <= last; row++) density[row]! += 1;
    }
    // Where many rises stand side by side the gap must be that wide.
    cost += WIDTH_PER_TRACK * density.reduce((most, rises) => Math.max(most, rises), 0);
  }
  return cost;
}
