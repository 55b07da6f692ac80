// Draws a matrix: the cells that are in sight, then heads and sums over what scrolled under them.

import { linkFigure } from '@latchwork/figures/link-figure';
import type { Ink } from '../draw/shape.ts';
import { type Cell, cellAt, firstFrom } from './cell.ts';
import { drawHeads } from './head-drawing.ts';
import { isInside } from './item.ts';
import type { InSight, MatrixLit, MatrixLook, Range } from './look.ts';
import { drawMark } from './mark-drawing.ts';
import type { Matrix } from './matrix.ts';
import type { Pen } from './pen.ts';
import { indexAt, type MatrixSight, type MatrixSizes } from './sizes.ts';

export function drawMatrix(
  pen: Pen,
  matrix: Matrix,
  sizes: MatrixSizes,
  sight: MatrixSight,
  look: MatrixLook,
): void {
  const rows = inSight(sizes.rowEdges, sight.top, sight.height);
  const columns = inSight(sizes.columnEdges, sight.left, sight.width);
  const { head } = sizes;
  pen.fill(head.width, head.height, sight.width, sight.height, 'surface');
  pen.within(head.width, head.height, sight.width, sight.height, () => {
    const at = {
      x: (column: number) => head.width + sizes.columnEdges[column]! - sight.left,
      y: (row: number) => head.height + sizes.rowEdges[row]! - sight.top,
    };
    drawGround(pen, matrix, sizes, at, { rows, columns }, look.lit);
    drawCells(pen, matrix, sizes, at, { rows, columns }, look);
    for (const cell of look.ringed) drawRing(pen, sizes, at, cell);
  });
  pen.frame(head.width, head.height, sight.width, sight.height, 'line2', 1);
  drawHeads(pen, matrix, sizes, sight, { rows, columns }, look);
}

interface At {
  x: (column: number) => number;
  y: (row: number) => number;
}

export function inSight(edges: Float64Array, from: number, px: number): Range {
  const last = edges.length - 2;
  return { from: indexAt(edges, from) ?? 0, to: Math.max(-1, indexAt(edges, from + px) ?? last) };
}

/** Squares of open boxes, the diagonal, what is lit, and the grid. */
function drawGround(
  pen: Pen,
  matrix: Matrix,
  sizes: MatrixSizes,
  at: At,
  seen: InSight,
  lit: MatrixLit,
): void {
  const { items, rows, columns } = matrix;
  const [left, right] = [at.x(0), at.x(columns.length)];
  const [top, foot] = [at.y(0), at.y(rows.length)];
  for (const square of squares(matrix, seen))
    pen.fill(
      at.x(square.left),
      at.y(square.top),
      at.x(square.right) - at.x(square.left),
      at.y(square.foot) - at.y(square.top),
      'box',
    );
  const columnOf = new Map<number, number>();
  for (let column = seen.columns.from; column <= seen.columns.to; column++)
    columnOf.set(columns[column]!, column);
  for (let row = seen.rows.from; row <= seen.rows.to; row++) {
    const column = columnOf.get(rows[row]!);
    if (column !== undefined && items[rows[row]!]!.kind !== 'head')
      drawBand(pen, at, { row, column }, 'sunken');
  }
  if (lit.row !== null)
    pen.fill(left, at.y(lit.row), right - left, at.y(lit.row + 1) - at.y(lit.row), 'hover');
  if (lit.column !== null)
    pen.fill(at.x(lit.column), top, at.x(lit.column + 1) - at.x(lit.column), foot - top, 'hover');
  for (let row = seen.rows.from; row <= seen.rows.to; row++) {
    const isGroup = isEdgeOfGroup(matrix, rows, row);
    pen.line(left, at.y(row), right, at.y(row), isGroup ? 'line2' : 'grid', 1);
  }
  for (let column = seen.columns.from; column <= seen.columns.to; column++) {
    if (sizes.columnEdges[column] === sizes.columnEdges[column + 1]) continue;
    const isGroup =
      isEdgeOfGroup(matrix, columns, column) || (column > 0 && at.x(column) === at.x(column - 1));
    pen.line(at.x(column), top, at.x(column), foot, isGroup ? 'line2' : 'grid', 1);
  }
}

function drawBand(pen: Pen, at: At, { row, column }: { row: number; column: number }, ink: Ink): void {
  pen.fill(at.x(column), at.y(row), at.x(column + 1) - at.x(column), at.y(row + 1) - at.y(row), ink);
}

/** Before a head, and after the last of an open box. */
function isEdgeOfGroup({ items }: Matrix, side: readonly number[], index: number): boolean {
  const item = items[side[index]!]!;
  const before = index > 0 ? items[side[index - 1]!]! : null;
  if (item.kind === 'head') return true;
  return before !== null && isInside(before) && before.box !== item.box;
}

interface Square {
  left: number;
  right: number;
  top: number;
  foot: number;
}

/** Of open boxes in sight, on the diagonal. */
function squares({ items, rows, columns }: Matrix, seen: InSight): Square[] {
  const across = spans(items, columns, seen.columns);
  return [...spans(items, rows, seen.rows)].flatMap(([box, { from: top, to: foot }]) => {
    const span = across.get(box);
    return span ? [{ left: span.from, right: span.to + 1, top, foot: foot + 1 }] : [];
  });
}

function spans(items: Matrix['items'], side: readonly number[], range: Range): Map<string, Range> {
  const found = new Map<string, Range>();
  for (let index = range.from; index <= range.to; index++) {
    const { kind, box } = items[side[index]!]!;
    if (box === null || kind === 'folded') continue;
    const span = found.get(box);
    if (span) span.to = index;
    else found.set(box, { from: index, to: index });
  }
  return found;
}

const FIGURE_INKS: Partial<Record<Cell['tone'], Ink>> = { warn: 'warn', bad: 'bad' };

function drawCells(
  pen: Pen,
  { cells }: Matrix,
  sizes: MatrixSizes,
  at: At,
  { rows, columns }: InSight,
  look: MatrixLook,
): void {
  const isNear = sizes.level === 'near';
  const room = Math.min(sizes.cell.width, sizes.cell.height);
  for (let row = rows.from; row <= rows.to; row++) {
    const end = cells.starts[row + 1]!;
    for (let index = firstFrom(cells, row, columns.from); index < end; index++) {
      const cell = cellAt(cells, index);
      if (cell.column > columns.to) break;
      const y = (at.y(row) + at.y(row + 1)) / 2;
      const x = isNear ? at.x(cell.column) + 12 : (at.x(cell.column) + at.x(cell.column + 1)) / 2;
      drawMark(pen, cell, x, y, room, look.ceilingRps);
      if (isNear) drawFigure(pen, cell, at.x(cell.column + 1) - 3, y);
    }
  }
}

/** What was refused whole or never arrived has its form alone. */
function drawFigure(pen: Pen, cell: Cell, x: number, y: number): void {
  if (cell.rps === null) return;
  const ink = FIGURE_INKS[cell.tone];
  const text = linkFigure({ ...cell, http: { rps: cell.rps }, tcp: null });
  pen.words(x, y + 3.5, text, { size: 10, weight: ink ? 600 : 400, ink: ink ?? 'text2', anchor: 'end' });
}

function drawRing(
  pen: Pen,
  { cell }: MatrixSizes,
  at: At,
  { row, column }: { row: number; column: number },
): void {
  const grow = cell.height < 16 ? 1 : 0;
  pen.frame(
    at.x(column) - grow,
    at.y(row) - grow,
    at.x(column + 1) - at.x(column) + 2 * grow,
    at.y(row + 1) - at.y(row) + 2 * grow,
    'accent',
    2,
    { radius: 3 },
  );
}
