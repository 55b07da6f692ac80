// Rows of a table by kind: filtered and sorted as the address says. Pure.

import type { Direction } from '../../../ui/row-order.ts';
import type { KindColumn } from './columns.ts';

export interface KindSort {
  column: string;
  direction: Direction;
}

/** Every word has to be somewhere in what `textOf` says of a row. */
export function matching<Row>(
  rows: readonly Row[],
  filter: string,
  textOf: (row: Row) => string,
): readonly Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** By name where nothing else is asked. */
export function parseKindSort(text: string | null, columns: readonly KindColumn<never>[]): KindSort {
  const column = (text ?? '').replace(/^-/, '');
  if (column !== 'name' && !columns.some(({ name }) => name === column))
    return { column: 'name', direction: 'ascending' };
  return { column, direction: text?.startsWith('-') ? 'descending' : 'ascending' };
}

/** Figures begin with the largest, words with the first. */
export function nextKindSort(current: KindSort, column: string, isFigure: boolean): string | null {
  const first: Direction = isFigure ? 'descending' : 'ascending';
  const isAgain = current.column === column && current.direction === first;
  const direction = isAgain ? (isFigure ? 'ascending' : 'descending') : first;
  if (column === 'name' && direction === 'ascending') return null;
  return direction === 'descending' ? `-${column}` : column;
}

/** What has no value is last, whichever way. */
export function sorted<Row>(
  rows: readonly Row[],
  { direction }: KindSort,
  read: (row: Row) => number | string | null,
  nameOf: (row: Row) => string,
): Row[] {
  const way = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [one, other] = [read(a), read(b)];
    if (one !== other) {
      if (one === null) return 1;
      if (other === null) return -1;
      return one < other ? -way : way;
    }
    return nameOf(a) < nameOf(b) ? -1 : 1;
  });
}
