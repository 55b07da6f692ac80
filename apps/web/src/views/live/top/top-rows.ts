// Rows of the live top as the page shows them: the server's rows, grouped the way the reader asked. Pure.

import { type Success, toldCounts } from '@latchwork/figures/success';
import type { LockReason, LockState } from '@latchwork/shared/lock';
import type { TopPeer, TopRow } from '@latchwork/shared/tap/top';
import { peerRef, type TapNarrow } from '../../../live/tap-narrow.ts';
import type { GroupBy } from '../../../location/parts/live-part.ts';

export interface TopLine {
  key: string;
  source: TopPeer;
  target: TopPeer;
  /** The method and the path, or what the line is about instead; `more` counts the other requests it stands for. */
  method: string;
  request: string;
  more: number;
  /** Grouped by status: the status; else null. */
  status: string | null;
  count: number;
  ended: number;
  successes: number;
  bestMs: number | null;
  /** Of a line that stands for several rows: the middle of their medians, by how often each was seen. */
  medianMs: number | null;
  /** Of a line that stands for several rows: the highest of theirs, which the p95 of all is not above. */
  p95Ms: number | null;
  worstMs: number | null;
  lock: { state: LockState; securedShare: number | null; reasons: readonly LockReason[] };
  /** Which single requests it is made of. */
  narrow: TapNarrow;
}

/** Null where nothing ended. */
export function successOf(
  { ended, successes }: Pick<TopLine, 'ended' | 'successes'>,
  successTarget: number,
): Success | null {
  return ended === 0 ? null : toldCounts(ended - successes, ended, successTarget);
}

/** Null where nothing ended. */
export function successRateOf({ ended, successes }: Pick<TopLine, 'ended' | 'successes'>): number | null {
  return ended === 0 ? null : successes / ended;
}

export function toTopLines(rows: readonly TopRow[], groupBy: GroupBy): TopLine[] {
  if (groupBy === 'status') return byStatus(rows);
  return [...groups(rows, KEY_OF[groupBy])].map(([key, members]) => {
    const first = busiest(members);
    const requests = new Set(members.map(({ method, route, path }) => `${method} ${route ?? path}`));
    const isSplit = groupBy === 'source' && requests.size > 1;
    return {
      ...merged(key, members),
      ...(groupBy === 'target' && { source: sourceOf(members) }),
      method: first.method,
      request: requestOf(first, members.length > 1),
      more: isSplit ? requests.size - 1 : 0,
      status: null,
      narrow: narrowOf(first, groupBy),
    };
  });
}

const KEY_OF: Record<Exclude<GroupBy, 'status'>, (row: TopRow) => string> = {
  route: (row) => `${ends(row)} ${asked(row)}`,
  source: ends,
  target: (row) => `${peerRef(row.target)} ${asked(row)}`,
};

function asked({ method, route, path }: TopRow): string {
  return `${method} ${route ?? path}`;
}

/** The requests that the line of this row stands for. */
function narrowOf({ source, target, method, route, path }: TopRow, groupBy: GroupBy): TapNarrow {
  const isOfOneRequest = groupBy === 'route' || groupBy === 'target';
  return {
    source: groupBy === 'route' || groupBy === 'source' ? peerRef(source) : null,
    target: peerRef(target),
    method: isOfOneRequest ? method : null,
    route: isOfOneRequest ? (route ?? path) : null,
  };
}

/** Whoever asked: one name, or how many. */
function sourceOf(rows: readonly TopRow[]): TopPeer {
  const sources = new Map(rows.map(({ source }) => [peerRef(source), source]));
  const [only] = sources.values();
  return sources.size === 1 && only ? only : { id: null, label: `${sources.size} sources`, namespace: null };
}

/** A status has neither latency nor success of its own: tap counts both by row. */
function byStatus(rows: readonly TopRow[]): TopLine[] {
  const statuses = new Map<string, { status: string; members: { row: TopRow; count: number }[] }>();
  for (const row of rows)
    for (const [status, count] of Object.entries(row.statuses)) {
      const key = `${status} ${row.target.id ?? row.target.label}`;
      const known = statuses.get(key) ?? { status, members: [] };
      known.members.push({ row, count });
      statuses.set(key, known);
    }
  return [...statuses].map(([key, { status, members }]) => {
    const most = members.reduce((a, b) => (b.count > a.count ? b : a)).row;
    const found = members.map(({ row }) => row);
    return {
      ...merged(key, found),
      source: sourceOf(found),
      method: most.method,
      request: requestOf(most, members.length > 1),
      more: members.length - 1,
      status,
      count: members.reduce((sum, { count }) => sum + count, 0),
      ended: 0,
      successes: 0,
      bestMs: null,
      medianMs: null,
      p95Ms: null,
      worstMs: null,
      narrow: narrowOf(most, 'status'),
    };
  });
}

function requestOf(row: TopRow, isGroup: boolean): string {
  return isGroup ? (row.route ?? row.path) : row.path;
}

function ends({ source, target }: TopRow): string {
  return `${peerRef(source)} ${peerRef(target)}`;
}

function groups(rows: readonly TopRow[], keyOf: (row: TopRow) => string): Map<string, TopRow[]> {
  const found = new Map<string, TopRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = found.get(key);
    if (known) known.push(row);
    else found.set(key, [row]);
  }
  return found;
}

function busiest(rows: readonly TopRow[]): TopRow {
  return rows.reduce((a, b) => (b.count > a.count ? b : a));
}

function merged(
  key: string,
  rows: readonly TopRow[],
): Omit<TopLine, 'method' | 'request' | 'more' | 'status' | 'narrow'> {
  const { source, target } = busiest(rows);
  return {
    key,
    source,
    target,
    count: rows.reduce((sum, row) => sum + row.count, 0),
    ended: rows.reduce((sum, row) => sum + row.ended, 0),
    successes: rows.reduce((sum, row) => sum + row.successes, 0),
    bestMs: extreme(rows, 'bestMs', Math.min),
    medianMs: middleOfMedians(rows),
    p95Ms: extreme(rows, 'p95Ms', Math.max),
    worstMs: extreme(rows, 'worstMs', Math.max),
    lock: mergedLock(rows),
  };
}

function extreme(
  rows: readonly TopRow[],
  field: 'bestMs' | 'p95Ms' | 'worstMs',
  pick: (...values: number[]) => number,
): number | null {
  const values = rows.map((row) => row[field]).filter((ms) => ms !== null);
  return values.length === 0 ? null : pick(...values);
}

function middleOfMedians(rows: readonly TopRow[]): number | null {
  const known = rows
    .filter((row) => row.medianMs !== null)
    .map(({ medianMs, count }) => ({ ms: medianMs as number, count }))
    .sort((a, b) => a.ms - b.ms);
  const half = known.reduce((sum, { count }) => sum + count, 0) / 2;
  let passed = 0;
  for (const { ms, count } of known) {
    passed += count;
    if (passed >= half) return ms;
  }
  return null;
}

/** A share, weighted by the requests seen; the same state when all rows agree. */
function mergedLock(rows: readonly TopRow[]): TopLine['lock'] {
  const [first] = rows;
  if (rows.length === 1 && first) return first.lock;
  const known = rows.filter(({ lock }) => lock.securedShare !== null);
  const total = known.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return { state: first?.lock.state ?? 'unknown', securedShare: null, reasons: [] };
  const securedShare =
    known.reduce((sum, { lock, count }) => sum + count * (lock.securedShare ?? 0), 0) / total;
  const shares = new Map<string, number>();
  for (const { lock, count } of known)
    for (const { reason, share } of lock.reasons)
      shares.set(reason, (shares.get(reason) ?? 0) + (share * count) / total);
  const states = new Set(known.map(({ lock }) => lock.state));
  const state =
    states.size === 1 ? (known[0]?.lock.state ?? 'unknown') : securedShare === 1 ? 'secured' : 'mixed';
  return { state, securedShare, reasons: [...shares].map(([reason, share]) => ({ reason, share })) };
}
