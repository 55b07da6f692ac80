// A layout from nothing: order, judge, route. Work is counted in trials, never in time, so that it is the same everywhere.

import type { Board } from './board.ts';
import { layers, type Refine } from './placing/layers.ts';
import { orders } from './placing/order.ts';
import { copyOf, type Placement } from './placing/placement.ts';
import { place } from './placing/places.ts';
import { judged, polished, routedSweeps } from './placing/polish.ts';
import { straighten } from './placing/straighten.ts';
import { bundles, type Units } from './routing/bundles.ts';
import { makeRoom } from './routing/room.ts';
import type { Routes } from './routing/routes.ts';
import { roughRoutes, routeAll, routedCost } from './routing/routing.ts';

const SWEEPS = 12;
const POLISHED = 6;
const POLISHED_SMALL = 8;
const SMALL = 40; // links
const MOST_TRIALS = 160;
const TRIAL_WORK = 4000; // trials times links

export interface Arrangement {
  placement: Placement;
  routes: Routes;
  units: Units;
}

export function arrange(board: Board, refine?: Refine): Arrangement {
  const units = bundles(board);
  const starts = orders(board, layers(board, refine), units);
  const finalists = starts.length === 1 ? starts : promising(board, starts, units);
  const finished = finalists.map((placement) => finish(board, placement, units));
  return finished.reduce((a, b) => (b.cost < a.cost ? b : a));
}

/** Those that promise most, polished. */
function promising(board: Board, starts: readonly Placement[], units: Units): Placement[] {
  const trials = Math.min(MOST_TRIALS, Math.round(TRIAL_WORK / board.links.length));
  return starts
    .map((start) => routedSweeps(board, judged(board, start, units), units, SWEEPS))
    .sort((a, b) => a.cost - b.cost)
    .filter(({ cost }, i, all) => i === 0 || cost - all[i - 1]!.cost > 0.5)
    .slice(0, board.links.length <= SMALL ? POLISHED_SMALL : POLISHED)
    .map((start) => polished(board, start, units, trials).placement);
}

/** Routed in full: what was judged so far was a rough look. */
function finish(board: Board, rough: Placement, units: Units): Arrangement & { cost: number } {
  const placement = withRoom(board, rough, units);
  const routes = routeAll(board, placement, units);
  return { placement, routes, units, cost: routedCost(board, placement, units, routes) };
}

function withRoom(board: Board, placement: Placement, units: Units): Placement {
  const roomy = {
    ...copyOf(placement),
    above: placement.above.slice(),
    aboveBox: placement.aboveBox.slice(),
  };
  makeRoom(roughRoutes(board, roomy, units));
  place(board, roomy);
  straighten(board, roomy);
  return roomy;
}
