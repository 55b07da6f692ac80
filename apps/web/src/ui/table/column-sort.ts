// The sort of a table as the address writes it: a column's name, `-` before it for the largest first. Pure.

import type { Direction } from './row-order.ts';

export interface ColumnSort<Column extends string> {
  readonly column: Column;
  readonly direction: Direction;
}

export interface Sorting<Column extends string> {
  /** Of each column the direction in which it is most telling at first: trouble and traffic on top. */
  readonly first: Readonly<Record<Column, Direction>>;
  /** Where nothing else is asked; the address does not write it. */
  readonly home: ColumnSort<Column>;
}

export function parseColumnSort<Column extends string>(
  text: string | null,
  { first, home }: Sorting<Column>,
): ColumnSort<Column> {
  const column = (text ?? '').replace(/^-/, '');
  if (!Object.hasOwn(first, column)) return home;
  return { column: column as Column, direction: text?.startsWith('-') ? 'descending' : 'ascending' };
}

/** What a click on the head of `column` asks for: its telling direction first, then the other one. */
export function nextColumnSort<Column extends string>(
  current: ColumnSort<Column>,
  column: Column,
  { first, home }: Sorting<Column>,
): string | null {
  const telling = first[column];
  const other: Direction = telling === 'ascending' ? 'descending' : 'ascending';
  const direction = current.column === column && current.direction === telling ? other : telling;
  if (column === home.column && direction === home.direction) return null;
  return direction === 'descending' ? `-${column}` : column;
}

/** Those named rise at first, all others fall. */
export function risingFirst<Column extends string>(
  columns: readonly Column[],
  rising: readonly Column[],
): Record<Column, Direction> {
  const entries = columns.map((column) => [column, rising.includes(column) ? 'ascending' : 'descending']);
  return Object.fromEntries(entries) as Record<Column, Direction>;
}
