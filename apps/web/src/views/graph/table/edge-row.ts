// A row of the table of edges: what stands in it, and what it is sorted by. Pure.

import { peerName } from '@latchwork/figures/peer';
import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Node } from '@latchwork/shared/node';
import { isAllRefused, refusedRps } from '@latchwork/shared/refusal';
import { nodeName } from '../../../drawer/node-name.ts';
import {
  type ColumnSort,
  nextColumnSort,
  parseColumnSort,
  risingFirst,
  type Sorting,
} from '../../../ui/table/column-sort.ts';

export interface EdgeRow {
  id: string;
  edge: Edge;
  from: RowEnd;
  to: RowEnd;
  isRefused: boolean;
  /** Null where policy turned all of it away: what was measured before that says nothing. */
  http: Edge['http'];
  refused: number | null;
  unreached: number | null;
  /** The heaviest reason why it is not wholly secured, as the proxy names it. */
  reason: string | null;
}

export interface RowEnd {
  name: string;
  namespace: string;
}

export function toRows(edges: readonly Edge[], nodes: readonly Node[]): EdgeRow[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const ends = new Map<string, RowEnd>();
  const endOf = (id: string) => {
    const end = ends.get(id) ?? {
      name: nodeName(known.get(id), id),
      namespace: peerName(id).namespace ?? '',
    };
    ends.set(id, end);
    return end;
  };
  return edges.map((edge) => {
    const isRefused = isAllRefused(edge);
    const unreached = Object.values(edge.unreached ?? {}).reduce((sum, rate) => sum + rate, 0);
    const [heaviest] = [...edge.lock.reasons].sort((a, b) => b.share - a.share);
    return {
      id: edgeId(edge.source, edge.target),
      edge,
      from: endOf(edge.source),
      to: endOf(edge.target),
      isRefused,
      http: isRefused ? null : edge.http,
      refused: refusedRps(edge) || null,
      unreached: unreached || null,
      reason: heaviest?.reason.replaceAll('_', ' ') ?? null,
    };
  });
}

const LOCKS = ['plaintext', 'mixed', 'opaque', 'unknown', 'secured'];

/** By namespace, then by name: rows of one namespace stay together. */
const nameOf = ({ name, namespace }: RowEnd) => `${namespace}\u0000${name}`;

const VALUE_OF = {
  from: ({ from, to }: EdgeRow) => `${nameOf(from)}\u0000${nameOf(to)}`,
  to: ({ from, to }: EdgeRow) => `${nameOf(to)}\u0000${nameOf(from)}`,
  lock: ({ edge: { lock }, isRefused }: EdgeRow) =>
    isRefused
      ? LOCKS.length
      : LOCKS.indexOf(lock.state) + (lock.state === 'mixed' ? (lock.securedShare ?? 0) / 2 : 0),
  rate: ({ http }: EdgeRow) => http?.rps ?? null,
  success: ({ http }: EdgeRow) => http?.successRate ?? null,
  p50: ({ http }: EdgeRow) => http?.p50Ms ?? null,
  p95: ({ http }: EdgeRow) => http?.p95Ms ?? null,
  p99: ({ http }: EdgeRow) => http?.p99Ms ?? null,
  connections: ({ edge }: EdgeRow) => edge.tcp?.openConnections ?? null,
  refused: ({ refused }: EdgeRow) => refused,
  unreached: ({ unreached }: EdgeRow) => unreached,
} satisfies Record<string, (row: EdgeRow) => number | string | null>;

export type EdgeColumn = keyof typeof VALUE_OF;

export type EdgeSort = ColumnSort<EdgeColumn>;

const SORTING: Sorting<EdgeColumn> = {
  first: risingFirst(Object.keys(VALUE_OF) as EdgeColumn[], ['from', 'to', 'lock', 'success']),
  home: { column: 'from', direction: 'ascending' },
};

export function sortValue(row: EdgeRow, { column }: EdgeSort): number | string | null {
  return VALUE_OF[column](row);
}

export const parseEdgeSort = (text: string | null) => parseColumnSort(text, SORTING);
export const nextEdgeSort = (current: EdgeSort, column: EdgeColumn) =>
  nextColumnSort(current, column, SORTING);
