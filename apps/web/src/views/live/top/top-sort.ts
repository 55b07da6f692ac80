// The columns of Live and its sort as the address writes it. Pure.

import type { Direction } from '../../../ui/row-order.ts';
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

export interface TopSort {
  column: TopColumn;
  direction: Direction;
}

const ASCENDING_FIRST: readonly TopColumn[] = ['peers', 'request', 'success', 'best'];

export function parseTopSort(text: string | null): TopSort {
  const column = (text ?? '').replace(/^-/, '');
  if (!Object.hasOwn(TOP_VALUE_OF, column)) return { column: 'seen', direction: 'descending' };
  return { column: column as TopColumn, direction: text?.startsWith('-') ? 'descending' : 'ascending' };
}

export function nextTopSort(current: TopSort, column: TopColumn): string | null {
  const first: Direction = ASCENDING_FIRST.includes(column) ? 'ascending' : 'descending';
  const other: Direction = first === 'ascending' ? 'descending' : 'ascending';
  const direction = current.column === column && current.direction === first ? other : first;
  if (column === 'seen' && direction === 'descending') return null;
  return direction === 'descending' ? `-${column}` : column;
}
