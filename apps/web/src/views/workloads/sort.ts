// The sort of the table as the address writes it: a column's name, `-` before it for the largest first. Pure.

import type { Direction } from '../../ui/row-order.ts';
import { type ColumnName, isColumnName } from './columns.ts';

export interface Sort {
  column: ColumnName;
  direction: Direction;
}

export const DEFAULT_SORT: Sort = { column: 'rate', direction: 'descending' };

/** Where each column is most telling at first: trouble and traffic on top. */
const FIRST: Record<ColumnName, Direction> = {
  name: 'ascending',
  pods: 'ascending',
  rate: 'descending',
  success: 'ascending',
  p50: 'descending',
  p95: 'descending',
  p99: 'descending',
  refused: 'descending',
  tcp: 'descending',
  in: 'ascending',
  out: 'ascending',
};

export function parseSort(text: string | null): Sort {
  const column = (text ?? '').replace(/^-/, '');
  if (!isColumnName(column)) return DEFAULT_SORT;
  return { column, direction: text?.startsWith('-') ? 'descending' : 'ascending' };
}

/** What a click on the head of `column` asks for: its telling direction first, then the other one. */
export function nextSort(current: Sort, column: ColumnName): string | null {
  const first = FIRST[column];
  const other: Direction = first === 'ascending' ? 'descending' : 'ascending';
  const direction = current.column === column && current.direction === first ? other : first;
  if (column === DEFAULT_SORT.column && direction === DEFAULT_SORT.direction) return null;
  return direction === 'descending' ? `-${column}` : column;
}
