// Ports and lanes in turns: ports want to know the lanes, and lanes the ports.

import type { Board } from './board.ts';
import type { Units } from './bundles.ts';
import { tallness } from './cheap-cost.ts';
import { createGaps, inversions } from './gaps.ts';
import { CROSSING, type LaneTable, laneOrder, lay, lift, route } from './lanes.ts';
import type { Placement } from './placement.ts';
import { meetPorts, setPorts } from './ports.ts';
import { emptyRoutes, hopsOf, middlePorts, type Routes } from './routes.ts';
import { toSpace } from './space.ts';

const ROUNDS = 3;

export function createTable(
  board: Board,
  placement: Placement,
  units: Units,
  routes: Routes,
  exclusive: boolean,
): LaneTable {
  const space = toSpace(board, placement);
  return { board, placement, units, routes, space, gaps: createGaps(placement.columns), exclusive };
}

/** Everything routed, with lanes that keep apart. */
export function routeAll(board: Board, placement: Placement, units: Units): Routes {
  const routes = emptyRoutes(board);
  middlePorts(board, placement, routes);
  const order = laneOrder(board, placement);
  for (let round = 0; round < ROUNDS; round++) {
    const table = createTable(board, placement, units, routes, true);
    const before = routes.lanes;
    routes.lanes = before.map(() => []);
    for (const link of order) {
      route(table, link);
      lay(table, link);
    }
    if (round === ROUNDS - 1) break;
    // Now that all lie, each may choose again against all others.
    for (const link of order) reroute(table, link);
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
  setPortsFirst(board, placement, units, routes);
  const table = createTable(board, placement, units, routes, false);
  for (const link of laneOrder(board, placement)) {
    route(table, link);
    lay(table, link);
  }
  return table;
}

/** Before any lane is known ports are sorted by the cards at the other end. */
function setPortsFirst(board: Board, placement: Placement, units: Units, routes: Routes): void {
  setPorts(board, placement, units, routes);
}

export function routedCost(table: LaneTable): number {
  const { board, placement, routes, units, gaps } = table;
  let cost = CROSSING * inversions(gaps, units) + tallness(placement);
  for (const link of board.links.keys())
    for (const { from, to } of hopsOf(board, placement, routes, link)) {
      const height = Math.abs(from - to);
      if (height >= 0.5) cost += 20 + 0.2 * height;
    }
  return cost;
}
