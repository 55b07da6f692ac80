// Places and routes for the map: rows grow until their lanes fit, then what is left of the canvas widens the gaps.

import { type Board, type BoardScene, toBoard } from '../layout/board.ts';
import { emit, topOf } from '../layout/emit.ts';
import { type Frame, frameOf, needsOf, widened } from '../layout/frame.ts';
import type { Layout, LayoutState } from '../layout/place.ts';
import type { Placement } from '../layout/placing/placement.ts';
import { bundles, type Units } from '../layout/routing/bundles.ts';
import { keptRoutes } from '../layout/routing/kept-routes.ts';
import { unitMarks } from '../layout/routing/marks.ts';
import { makeRoom } from '../layout/routing/room.ts';
import type { Routes } from '../layout/routing/routes.ts';
import { roughRoutes, routeAll } from '../layout/routing/routing.ts';
import { untangled } from '../layout/routing/untangle.ts';
import { toState } from '../layout/state.ts';
import { coveredMarks, throughCards } from '../quality/faults.ts';
import type { Cells } from './cells.ts';
import { type Form, LEAST_OVERVIEW_ZOOM, type Room } from './form.ts';
import { gridPlacement, portStyle } from './place-cards.ts';

/** Rows and columns as they stand, for the next picture of the same map. Px. */
export interface KeptGrid {
  rowGaps: readonly number[];
  columnGaps: readonly number[];
  layout: LayoutState;
}

export interface PlacedOverview {
  layout: Layout;
  grid: KeptGrid;
  zoom: number;
}

const MOST_ROW_SPARE = 90;

/** Laid out anew, into `room`. */
export function placeOverview(scene: BoardScene, cells: Cells, form: Form, room: Room): PlacedOverview {
  const board = toBoard(scene, undefined, portStyle(form));
  const units = bundles(board);
  const narrow = grownGaps(board, cells, form, units);
  const first = routed(board, gridPlacement(board, cells, form, narrow), units);
  const zoom = zoomFor(first.layout, room);
  const spareHeight = room.height / zoom - first.layout.height;
  const widerBy = Math.max(0, Math.min(MOST_ROW_SPARE, spareHeight / Math.max(1, narrow.length)));
  const rowGaps = narrow.map((gap) => gap + Math.floor(widerBy));
  const placement = gridPlacement(board, cells, form, rowGaps);
  const last = routed(board, placement, units, room.width / zoom);
  return {
    layout: last.layout,
    grid: { rowGaps, columnGaps: last.frame.gapWidth, layout: last.layout.state },
    zoom: zoomFor(last.layout, room),
  };
}

/**
 * The same cells, rows and columns with other lines: what stays keeps its way, what comes takes a free one. Where that would
 * cover a mark all lines are routed anew, and gaps may grow.
 */
export function placeAgain(
  scene: BoardScene,
  cells: Cells,
  form: Form,
  room: Room,
  grid: KeptGrid,
  nowMs: number,
): PlacedOverview {
  const layout = withOtherLines(scene, cells, form, grid, nowMs);
  if (coveredMarks(layout).length === 0 && throughCards(layout).length === 0)
    return { layout, grid: { ...grid, layout: layout.state }, zoom: zoomFor(layout, room) };
  const board = toBoard(scene, undefined, portStyle(form));
  const placement = gridPlacement(board, cells, form, grid.rowGaps);
  const units = bundles(board);
  const routes = routeAll(board, placement, units);
  const anew = drawn(board, placement, units, routes, null, (fresh) => ({
    ...widened(
      { ...fresh, gapWidth: fresh.gapWidth.map((gap, i) => Math.max(gap, grid.columnGaps[i] ?? 0)) },
      0,
    ),
  }));
  return {
    layout: anew.layout,
    grid: { rowGaps: grid.rowGaps, columnGaps: anew.frame.gapWidth, layout: anew.layout.state },
    zoom: zoomFor(anew.layout, room),
  };
}

/** Nothing moves, whatever is covered: for lines that come and go with the pointer. */
export function withOtherLines(
  scene: BoardScene,
  cells: Cells,
  form: Form,
  grid: KeptGrid,
  nowMs: number,
): Layout {
  const board = toBoard(scene, undefined, portStyle(form));
  const placement = gridPlacement(board, cells, form, grid.rowGaps);
  const { routes, units } = keptRoutes(board, placement, grid.layout);
  const kept = { state: grid.layout, nowMs };
  return drawn(board, placement, units, routes, kept, (fresh) =>
    widened({ ...fresh, gapWidth: [...grid.columnGaps] }, 0),
  ).layout;
}

export function zoomFor({ width, height }: { width: number; height: number }, room: Room): number {
  const across = room.width / Math.max(1, width);
  const zoom = Math.min(1, across, room.height / Math.max(1, height));
  // Names stay readable: what has no room is scrolled to.
  return zoom >= LEAST_OVERVIEW_ZOOM ? zoom : Math.min(1, LEAST_OVERVIEW_ZOOM, Math.max(across, 0.05));
}

/** Px between rows: a row that needs more lanes grows as a whole. */
function grownGaps(board: Board, cells: Cells, form: Form, units: Units): number[] {
  const gaps = new Array<number>(Math.max(0, cells.rows - 1)).fill(form.rowGap);
  const placement = gridPlacement(board, cells, form, gaps);
  makeRoom(roughRoutes(board, placement, units));
  for (const [card, box] of board.boxOf.entries()) {
    const row = cells.row[card]!;
    if (row > 0) gaps[row - 1] = Math.max(gaps[row - 1]!, form.rowGap + placement.aboveBox[box]!);
  }
  return gaps;
}

/** With `width` the columns spread until the picture is as wide. */
function routed(board: Board, placement: Placement, units: Units, width = 0) {
  const routes = routeAll(board, placement, units);
  return drawn(board, placement, units, routes, null, (fresh) => widened(fresh, width));
}

function drawn(
  board: Board,
  placement: Placement,
  units: Units,
  routes: Routes,
  previous: { state: LayoutState; nowMs: number } | null,
  frameFrom: (fresh: Frame) => Frame,
): { layout: Layout; frame: Frame } {
  const tracks = untangled(board, placement, units, routes);
  const marks = unitMarks(board, units, routes);
  const needs = needsOf(placement, marks);
  const frame = frameFrom(frameOf(board, placement, tracks, needs));
  const top = previous?.state.top ?? topOf(board, placement, routes);
  const state = toState(
    board,
    placement,
    routes,
    units,
    frame,
    top,
    previous?.state ?? null,
    previous?.nowMs ?? 0,
  );
  return {
    layout: { ...emit({ board, placement, routes, units, tracks, frame, needs, marks, top }), state },
    frame,
  };
}
