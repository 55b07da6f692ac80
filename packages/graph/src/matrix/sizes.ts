// Where the rows, columns and heads of a matrix are, px. Names never shrink: what has no room is scrolled to.

import type { Measure } from '../draw/shape.ts';
import { bodiesOf, type Item } from './item.ts';
import type { Matrix } from './matrix.ts';

/** `near`: the rate stands beside each mark, and boxes above their columns. */
export type MatrixLevel = 'near' | 'middle';

export interface MatrixRoom {
  width: number;
  height: number;
  /** A finger needs more room than a pointer. */
  isCoarse: boolean;
  /** Kept free at the right of a matrix that is not near. */
  side: number;
  /** Steps of zoom, 0 is what fits best. */
  zoom: number;
}

/** The steps of zoom that there are. */
export interface ZoomRange {
  least: number;
  most: number;
}

interface CellSize {
  width: number;
  height: number;
}

export interface MatrixSizes {
  level: MatrixLevel;
  cell: CellSize;
  zooms: ZoomRange;
  /** Of the names: rows' at the left, columns' above. */
  head: { width: number; height: number };
  sums: { width: number; height: number };
  /** Row `i` reaches from `rowEdges[i]` to `rowEdges[i + 1]`, from the first row's upper edge on. */
  rowEdges: Float64Array;
  columnEdges: Float64Array;
}

const NEAR_ROWS = 24;
const NEAR_CELL: CellSize = { width: 47, height: 22 };
/** Larger by these. */
const NEAR_ZOOMS = [1.25, 1.5, 2];
const NEAR_HEAD_ROW = 20;
const [LEAST, MOST, FINGER] = [13, 18, 24];
const ZOOM_STEPS = [13, 15, 18, 22, 28, 36];
/** Columns' names lean by this much. */
export const LEAN = Math.PI / 3;
/** Of a name, before it is cut. */
export const NAME_WIDTH = { row: 190, column: 118 };
const NARROW = { row: 96, column: 96 };
/** Above the columns' names, where their boxes stand. */
export const BAND = 26;

export function isNarrow(width: number): boolean {
  return width < 720;
}

export function toSizes({ items, rows, columns }: Matrix, room: MatrixRoom, measure: Measure): MatrixSizes {
  const across = bodiesOf(items, columns).length;
  const down = bodiesOf(items, rows).length;
  const most = isNarrow(room.width) ? NARROW : NAME_WIDTH;
  const nameWidth = Math.min(most.row, widest(rows, items, measure));
  const columnName = Math.min(most.column, widest(columns, items, measure));
  const isSmall = Math.max(across, down) <= NEAR_ROWS && !isNarrow(room.width);
  const isNear = isSmall && room.zoom >= 0;
  const head = {
    width: Math.ceil(nameWidth + 52),
    height: Math.ceil(columnName * Math.sin(LEAN) + 18 + (isNear ? BAND : 0)),
  };
  const sums = isNear ? { width: 58, height: 26 } : { width: 60, height: 46 };
  const width = isNear ? room.width : room.width - room.side;
  const free = { width: width - head.width - sums.width, height: room.height - head.height - sums.height };
  const fits = isSmall
    ? nearCell(free.width / Math.max(1, across))
    : middleCell(free, { across, down }, room);
  const steps = zoomSteps(fits, isSmall);
  const cell = zoomed(fits, steps, room.zoom);
  return {
    level: isNear ? 'near' : 'middle',
    cell,
    zooms: { least: -steps.smaller.length, most: steps.larger.length },
    head,
    sums,
    rowEdges: edges(rows, items, cell.height, isNear ? NEAR_HEAD_ROW : cell.height),
    columnEdges: edges(columns, items, cell.width, isNear ? 0 : cell.width),
  };
}

/** A few columns may be wider, so that they do not huddle in a corner. */
function nearCell(fitting: number): CellSize {
  return {
    width: Math.floor(Math.min(1.5 * NEAR_CELL.width, Math.max(NEAR_CELL.width, fitting))),
    height: NEAR_CELL.height,
  };
}

function middleCell(
  free: CellSize,
  { across, down }: { across: number; down: number },
  { isCoarse }: MatrixRoom,
): CellSize {
  const [least, most] = isCoarse ? [FINGER, FINGER] : [LEAST, MOST];
  const fitting = (px: number, count: number) =>
    Math.floor(Math.min(most, Math.max(least, px / Math.max(1, count))));
  return { width: fitting(free.width, across), height: fitting(free.height, down) };
}

/** Next to what fits first. Rates stay beside marks that grow; they have no room in smaller cells. */
function zoomSteps(
  { width, height }: CellSize,
  isSmall: boolean,
): { smaller: CellSize[]; larger: CellSize[] } {
  const square = (px: number) => ({ width: px, height: px });
  const grown = (by: number) => ({ width: Math.round(by * width), height: Math.round(by * height) });
  return {
    smaller: ZOOM_STEPS.filter((px) => px < Math.min(width, height))
      .reverse()
      .map(square),
    larger: isSmall
      ? NEAR_ZOOMS.map(grown)
      : ZOOM_STEPS.filter((px) => px > Math.max(width, height)).map(square),
  };
}

function zoomed(fits: CellSize, { smaller, larger }: ReturnType<typeof zoomSteps>, zoom: number): CellSize {
  if (zoom === 0) return fits;
  const steps = zoom > 0 ? larger : smaller;
  return steps[Math.min(steps.length, Math.abs(zoom)) - 1] ?? fits;
}

/** Of a step more or less, never out of range. */
export function nextZoom({ least, most }: ZoomRange, zoom: number, by: -1 | 0 | 1): number {
  const inRange = (step: number) => Math.max(least, Math.min(most, step));
  return by === 0 ? 0 : inRange(inRange(zoom) + by);
}

function edges(side: readonly number[], items: readonly Item[], px: number, headPx: number): Float64Array {
  const at = new Float64Array(side.length + 1);
  side.forEach((item, index) => {
    at[index + 1] = at[index]! + (items[item]!.kind === 'head' ? headPx : px);
  });
  return at;
}

/** Only the longest texts can be the widest. */
function widest(side: readonly number[], items: readonly Item[], measure: Measure): number {
  const labels = side.map((item) => items[item]!.label).sort((a, b) => b.length - a.length);
  return Math.max(78, ...labels.slice(0, 8).map((label) => measure(label, 11.5, 600)));
}

/** Index of what lies at `px`; null before the first and after the last. */
export function indexAt(at: Float64Array, px: number): number | null {
  if (px < 0 || px >= at[at.length - 1]!) return null;
  let [low, high] = [0, at.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! <= px) low = middle;
    else high = middle;
  }
  return low;
}

/** What can be seen of rows and columns, between the heads and the sums. */
export interface MatrixSight {
  /** Scrolled so far, px. */
  left: number;
  top: number;
  width: number;
  height: number;
}

export function wholeSize({ head, sums, rowEdges, columnEdges }: MatrixSizes): {
  width: number;
  height: number;
} {
  return {
    width: head.width + columnEdges[columnEdges.length - 1]! + sums.width,
    height: head.height + rowEdges[rowEdges.length - 1]! + sums.height,
  };
}

/** With the sums at the end of what there is, or at the edge of what is seen. */
export function toSight(
  sizes: MatrixSizes,
  seen: { left: number; top: number; width: number; height: number },
): MatrixSight {
  const whole = wholeSize(sizes);
  const { head, sums } = sizes;
  return {
    left: seen.left,
    top: seen.top,
    width: Math.max(0, Math.min(whole.width, seen.width) - head.width - sums.width),
    height: Math.max(0, Math.min(whole.height, seen.height) - head.height - sums.height),
  };
}

/** What lies at a point of what is seen. `row`, `column` are null over the heads and sums of the other side. */
export interface MatrixSpot {
  part: 'cells' | 'rows' | 'columns';
  row: number | null;
  column: number | null;
  /** From the beginning of a head's name. */
  along: number;
}

export function spotAt(sizes: MatrixSizes, sight: MatrixSight, x: number, y: number): MatrixSpot | null {
  const { head, sums } = sizes;
  const [right, foot] = [head.width + sight.width, head.height + sight.height];
  const row = y < head.height || y >= foot ? null : indexAt(sizes.rowEdges, y - head.height + sight.top);
  if (x < head.width) return row === null ? null : { part: 'rows', row, column: null, along: x };
  // Above the columns a point belongs to the name that leans over it.
  const lean = y < head.height ? (head.height - y) / Math.tan(LEAN) : 0;
  const isBand = sizes.level === 'near' && y < BAND;
  const footX = x - (isBand ? 0 : lean);
  const column =
    footX < head.width || footX >= right ? null : indexAt(sizes.columnEdges, footX - head.width + sight.left);
  if (y < head.height)
    return column === null ? null : { part: 'columns', row: null, column, along: isBand ? -1 : 0 };
  if (x >= right + sums.width || y >= foot + sums.height) return null;
  if (x >= right) return row === null ? null : { part: 'rows', row, column: null, along: x };
  if (y >= foot) return column === null ? null : { part: 'columns', row: null, column, along: 0 };
  return row === null || column === null ? null : { part: 'cells', row, column, along: 0 };
}
