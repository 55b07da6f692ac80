// Rows of a table by kind: filtered and sorted as the address says. Pure.

import { matchesWords, wordsOf } from '../../../filter/words.ts';
import type { ColumnSort, Sorting } from '../../../ui/table/column-sort.ts';
import type { KindColumn } from './columns.ts';

export type KindSort = ColumnSort<string>;

/** By name where nothing else is asked. Figures begin with the largest, words with the first. */
export function kindSorting(columns: readonly Pick<KindColumn<never>, 'name' | 'is'>[]): Sorting<string> {
  const first = columns.map(({ name, is }) => [name, is === 'words' ? 'ascending' : 'descending'] as const);
  return {
    first: Object.fromEntries([['name', 'ascending'] as const, ...first]),
    home: { column: 'name', direction: 'ascending' },
  };
}

/** Every word has to be somewhere in what `textOf` says of a row. */
export function matching<Row>(
  rows: readonly Row[],
  filter: string,
  textOf: (row: Row) => string,
): readonly Row[] {
  const words = wordsOf(filter);
  return words.length === 0 ? rows : rows.filter((row) => matchesWords(textOf(row), words));
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
