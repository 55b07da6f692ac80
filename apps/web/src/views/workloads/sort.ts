// How the table of workloads is sorted. Pure.

import { type ColumnSort, nextColumnSort, parseColumnSort, risingFirst } from '../../ui/table/column-sort.ts';
import { COLUMN_NAMES, type ColumnName } from './columns.ts';

export type Sort = ColumnSort<ColumnName>;

export const DEFAULT_SORT: Sort = { column: 'rate', direction: 'descending' };

const SORTING = {
  first: risingFirst(COLUMN_NAMES, ['name', 'pods', 'success', 'in', 'out']),
  home: DEFAULT_SORT,
};

export const parseSort = (text: string | null) => parseColumnSort(text, SORTING);
export const nextSort = (current: Sort, column: ColumnName) => nextColumnSort(current, column, SORTING);
