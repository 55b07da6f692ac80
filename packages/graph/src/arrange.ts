// A layout from nothing: order, judge, route. Work is counted in trials, never in time, so that it is the same everywhere.

import type { Board } from './board.ts';
import { bundles, type Units } from './bundles.ts';
import { layers } from './layers.ts';
import { orders } from './order.ts';
import { copyOf, type Placement } from './placement.ts';
import { place } from './places.ts';
import { judged, polished, routedSweeps } from './polish.ts';
import { makeRoom } from './room.ts';
import type { Routes } from './routes.ts';
import { roughRoutes, routeAll } from './routing.ts';
import { straighten } from './straighten.ts';

const SWEEPS = 12;
const POLISHED = 4;
const MOST_TRIALS = 300;
const TRIAL_WORK = 12_000; // trials times links

export interface Arrangement {
  placement: Placement;
  routes: Routes;
  units: Units;
}

export function arrange(board: Board): Arrangement {
  const units = bundles(board);
  const starts = orders(board, layers(board), units);
  const best = starts.length === 1 ? starts[0]! : bestOf(board, starts, units);
  const placement = withRoom(board, best, units);
  return { placement, routes: routeAll(board, placement, units), units };
}

/** Those that promise most are polished; the best one is taken. */
function bestOf(board: Board, starts: readonly Placement[], units: Units): Placement {
  const promising = starts
    .map((start) => routedSweeps(board, judged(board, start, units), units, SWEEPS))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, POLISHED);
  const trials = Math.min(MOST_TRIALS, Math.round(TRIAL_WORK / board.links.length));
  return promising
    .map((start) => polished(board, start, units, trials))
    .reduce((a, b) => (b.cost < a.cost ? b : a)).placement;
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
