// Where a key leads in a matrix: never to the head of an open box, which has no cells.

import { cellIn, columnAt, firstFrom } from './cell.ts';
import { bodiesOf } from './item.ts';
import type { Matrix } from './matrix.ts';

export interface CellPlace {
  row: number;
  column: number;
}

/** How many rows and columns a page is. */
export interface Page {
  rows: number;
  columns: number;
}

/** Null for a key that leads nowhere. `far`: to the next call in that direction, or to the corner. */
export function stepFrom(
  matrix: Matrix,
  { row, column }: CellPlace,
  key: string,
  far: boolean,
  page: Page,
): CellPlace | null {
  const rows = bodiesOf(matrix.items, matrix.rows);
  const columns = bodiesOf(matrix.items, matrix.columns);
  const inRow = (at: number) => ({ row: moved(rows, row, at), column });
  const inColumn = (at: number) => ({ row, column: moved(columns, column, at) });
  switch (key) {
    case 'ArrowUp':
      return far ? nextInColumn(matrix, { row, column }, -1) : inRow(-1);
    case 'ArrowDown':
      return far ? nextInColumn(matrix, { row, column }, 1) : inRow(1);
    case 'ArrowLeft':
      return far ? nextInRow(matrix, { row, column }, -1) : inColumn(-1);
    case 'ArrowRight':
      return far ? nextInRow(matrix, { row, column }, 1) : inColumn(1);
    case 'PageUp':
      return inRow(-page.rows);
    case 'PageDown':
      return inRow(page.rows);
    case 'Home':
      return { row: far ? (rows[0] ?? row) : row, column: columns[0] ?? column };
    case 'End':
      return { row: far ? (rows.at(-1) ?? row) : row, column: columns.at(-1) ?? column };
    default:
      return null;
  }
}

/** Where a reader begins: the first call there is. */
export function firstCall({ cells, rows }: Matrix): CellPlace | null {
  for (let row = 0; row < rows.length; row++)
    if (cells.starts[row]! < cells.starts[row + 1]!)
      return { row, column: columnAt(cells, cells.starts[row]!) };
  return null;
}

function moved(bodies: readonly number[], from: number, by: number): number {
  const at = bodies.indexOf(from);
  return bodies[Math.min(bodies.length - 1, Math.max(0, at + by))] ?? from;
}

function nextInRow({ cells }: Matrix, { row, column }: CellPlace, way: 1 | -1): CellPlace {
  const index = way === 1 ? firstFrom(cells, row, column + 1) : firstFrom(cells, row, column) - 1;
  const isThere = index >= cells.starts[row]! && index < cells.starts[row + 1]!;
  return { row, column: isThere ? columnAt(cells, index) : column };
}

function nextInColumn({ cells, rows }: Matrix, { row, column }: CellPlace, way: 1 | -1): CellPlace {
  for (let next = row + way; next >= 0 && next < rows.length; next += way)
    if (cellIn(cells, next, column)) return { row: next, column };
  return { row, column };
}
