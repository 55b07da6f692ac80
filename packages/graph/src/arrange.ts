// A layout from nothing: order, judge, route. Work is counted in trials, never in time, so that it is the same everywhere.

import type { Board } from './board.ts';
import { bundles, type Units } from './bundles.ts';
import { layers } from './layers.ts';
import { orders } from './order.ts';
import { copyOf, type Placement } from './placement.ts';
import { place } from './places.ts';
import { makeRoom } from './room.ts';
import type { Routes } from './routes.ts';
import { roughRoutes, routeAll, routedCost } from './routing.ts';
import { straighten } from './straighten.ts';

export interface Arrangement {
  placement: Placement;
  routes: Routes;
  units: Units;
}

export function arrange(board: Board): Arrangement {
  const units = bundles(board);
  const starts = orders(board, layers(board), units);
  let best = starts[0]!;
  if (starts.length > 1) {
    let least = Number.POSITIVE_INFINITY;
    for (const start of starts) {
      const cost = routedCost(roughRoutes(board, start, units));
      if (cost < least) [best, least] = [start, cost];
    }
  }
  const placement = withRoom(board, best, units);
  return { placement, routes: routeAll(board, placement, units), units };
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
