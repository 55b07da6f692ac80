// Places for a scene: the same scene always looks the same, and what has a place keeps it. Pure, and knows no data.

import type { Scene } from '../scene/scene.ts';
import { type Arrangement, arrange } from './arrange.ts';
import { type Board, toBoard } from './board.ts';
import { emit, topOf } from './emit.ts';
import { frameOf, keptFrame, needsOf } from './frame.ts';
import type { Layout, LayoutState } from './place.ts';
import { keptPlaces } from './placing/kept-places.ts';
import type { Refine } from './placing/layers.ts';
import { keptRoutes } from './routing/kept-routes.ts';
import { unitMarks } from './routing/marks.ts';
import { untangled } from './routing/untangle.ts';
import { bare, toState } from './state.ts';

/**
 * With `before` old things keep their places; without it all is laid out anew ("Tidy"). `nowMs` only decides how long
 * the place of a thing that is gone stays free: ten minutes of whatever clock the caller has.
 */
export function layout(scene: Scene, before?: LayoutState, nowMs = 0, refine?: Refine): Layout {
  if (scene.cards.length === 0) return nothing(before);
  const previous = before && bare(before);
  const board = toBoard(scene, previous);
  const kept = previous ? arrangeAgain(board, previous) : null;
  const { placement, routes, units } = kept ?? arrange(board, refine);
  const tracks = untangled(board, placement, units, routes);
  const marks = unitMarks(board, units, routes);
  const needs = needsOf(placement, marks);
  const fresh = frameOf(board, placement, tracks, needs);
  const frame = kept && previous ? keptFrame(previous, fresh) : fresh;
  const top = kept && previous ? previous.top : topOf(board, placement, routes);
  const state = toState(board, placement, routes, units, frame, top, kept ? previous! : null, nowMs);
  return { ...emit({ board, placement, routes, units, tracks, frame, needs, marks, top }), state };
}

/** Null where old places say nothing of a new card: its side of an open box has no free row. */
function arrangeAgain(board: Board, previous: LayoutState): Arrangement | null {
  if (board.sides.some((side, card) => side !== null && !previous.cards[board.cards[card]!])) return null;
  const placement = keptPlaces(board, previous);
  return placement && { placement, ...keptRoutes(board, placement, previous) };
}

function nothing(previous: LayoutState | undefined): Layout {
  const empty = {
    version: 1,
    top: 0,
    columnWidths: [],
    gapWidths: [],
    boxes: {},
    cards: {},
    links: {},
  } as const;
  const state = previous ?? { ...empty, columnWidths: [], gapWidths: [] };
  return { x: 0, y: 0, width: 0, height: 0, boxes: [], cards: [], links: [], state };
}
