// The columns of Live and its sort as the address writes it. Pure.

import {
  type ColumnSort,
  nextColumnSort,
  parseColumnSort,
  risingFirst,
  type Sorting,
} from '../../../ui/table/column-sort.ts';
import { successRateOf, type TopLine } from './top-rows.ts';

export const TOP_VALUE_OF = {
  peers: ({ source, target }: TopLine) => `${source.label} ${target.label}`,
  request: ({ status, request, method }: TopLine) => status ?? `${request} ${method}`,
  seen: ({ count }: TopLine) => count,
  median: ({ medianMs }: TopLine) => medianMs,
  p95: ({ p95Ms }: TopLine) => p95Ms,
  best: ({ bestMs }: TopLine) => bestMs,
  worst: ({ worstMs }: TopLine) => worstMs,
  success: (line: TopLine) => successRateOf(line),
} satisfies Record<string, (line: TopLine) => number | string | null>;

export type TopColumn = keyof typeof TOP_VALUE_OF;

export type TopSort = ColumnSort<TopColumn>;

const SORTING: Sorting<TopColumn> = {
  first: risingFirst(Object.keys(TOP_VALUE_OF) as TopColumn[], ['peers', 'request', 'success', 'best']),
  home: { column: 'seen', direction: 'descending' },
};

export const parseTopSort = (text: string | null) => parseColumnSort(text, SORTING);
export const nextTopSort = (current: TopSort, column: TopColumn) => nextColumnSort(current, column, SORTING);
