// Moves of a placement that are judged by what they cost when routed: slow, exact, and therefore last.

import type { Board } from '../board.ts';
import type { Units } from '../routing/bundles.ts';
import type { LaneTable } from '../routing/lanes.ts';
import { roughRoutes, routedCost } from '../routing/routing.ts';
import { cheapCost } from './cheap-cost.ts';
import { isForward } from './layers.ts';
import { boxesBeside, moveBox } from './order.ts';
import { copyOf, type Placement } from './placement.ts';
import { place } from './places.ts';
import { straighten } from './straighten.ts';

const WORTH = 1;
const CHEAP_CROSSING = 50;
/** A move that looks this much worse at a glance (times the links) is not routed: it hardly ever helps. */
const GLANCE = 3000;
const GLANCE_SMALL = 9000;
const SMALL = 40; // links
const GLANCE_PRICE = 0.2; // of a trial

export interface Judged {
  placement: Placement;
  cost: number;
  routed: LaneTable;
}

export function judged(board: Board, placement: Placement, units: Units): Judged {
  const routed = roughRoutes(board, placement, units);
  return { placement, cost: routedCost(board, placement, units, routed.routes), routed };
}

/** Sorts columns by the levels at which links really come by, again and again; the best of all rounds. */
export function routedSweeps(board: Board, start: Judged, units: Units, rounds: number): Judged {
  let best = start;
  let current = start;
  for (let round = 0; round < rounds; round++) {
    const wanted = wantedLevels(current, round % 3);
    const next = copyOf(current.placement);
    let changed = false;
    for (const columns of next.cells)
      for (const cards of columns) {
        const before = cards.join();
        cards.sort((a, b) => wanted[a]! - wanted[b]! || a - b);
        changed ||= cards.join() !== before;
      }
    if (!changed && round % 3 === 2) break;
    current = resettled(board, next, units);
    if (current.cost < best.cost) best = current;
  }
  return best;
}

/** By card: the mean level of its links in the columns beside it. `side` 0: of its callers, 1: of its callees, 2: of both. */
function wantedLevels({ routed }: Judged, side: number): Float64Array {
  const { board, placement, routes } = routed;
  return Float64Array.from(board.cards, (_, card) => {
    const middle = placement.y[card]! + board.height[card]! / 2;
    let [sum, weights] = [0, 0];
    const add = (e: number, level: number) => {
      sum += board.pull[e]! * level;
      weights += board.pull[e]!;
    };
    if (side !== 1)
      for (const e of board.ins[card]!)
        add(
          e,
          isForward(board, placement.layer, e)
            ? (routes.lanes[e]!.at(-1) ?? routes.out[e]!)
            : routes.lanes[e]![0]!,
        );
    if (side !== 0) for (const e of board.outs[card]!) add(e, routes.lanes[e]![0] ?? routes.in[e]!);
    return weights === 0 ? middle : sum / weights;
  });
}

/** At most `trials` moves are tried; passes go on while they help. */
export function polished(board: Board, start: Judged, units: Units, trials: number): Judged {
  let best = start;
  let left = trials;
  const links = board.links.length;
  const margin = (links <= SMALL ? GLANCE_SMALL : GLANCE) / links;
  let cheapBest = cheapCost(board, start.placement, units, CHEAP_CROSSING);

  function attempt(move: (trial: Placement) => void): boolean {
    if (left <= 0) return false;
    left -= 1;
    const trial = copyOf(best.placement);
    move(trial);
    place(board, trial);
    const cheap = cheapCost(board, trial, units, CHEAP_CROSSING);
    if (cheap > cheapBest + margin) {
      left += 1 - GLANCE_PRICE;
      return false;
    }
    straighten(board, trial);
    const made = judged(board, trial, units);
    if (made.cost > best.cost - WORTH) return false;
    best = made;
    cheapBest = cheap;
    return true;
  }

  for (let helped = true; helped && left > 0; ) {
    helped = false;
    for (let box = 0; box < board.boxes.length; box++) {
      for (const beside of boxesBeside(best.placement, box).slice(0, 4))
        for (const behind of [0, 1])
          helped = attempt((trial) => moveBox(trial.order, box, beside, behind)) || helped;
      for (const [c, cards] of start.placement.cells[box]!.entries())
        for (let i = 0; i + 1 < cards.length; i++)
          helped = attempt((trial) => swap(trial.cells[box]![c]!, trial.y, i)) || helped;
    }
  }
  return best;
}

function resettled(board: Board, placement: Placement, units: Units): Judged {
  place(board, placement);
  straighten(board, placement);
  return judged(board, placement, units);
}

function swap(cards: number[], y: Float64Array, i: number): void {
  const [a, b] = [cards[i]!, cards[i + 1]!];
  [cards[i], cards[i + 1]] = [b, a];
  [y[a], y[b]] = [y[b]!, y[a]!];
}
