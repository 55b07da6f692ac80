// Tapped requests folded into rows by source, target, method and path. Knows no stream: parts come in, rows go out.

import type { Top, TopRow } from '@latchwork/shared/top';
import { createRequestJoiner, type OpenRequest } from '../sources/tap/requests.ts';
import type { TapPart } from '../sources/tap/tap-part.ts';
import { LockTally } from './lock-tally.ts';
import { tappedVerdict } from './top-lock.ts';
import { isNoise } from './top-noise.ts';
import { sourceOf, targetOf } from './top-peer.ts';
import { routeOf } from './top-route.ts';
import { createTopSides, type TopTarget } from './top-sides.ts';
import { isSuccess, statusOf } from './top-success.ts';

export interface TopFoldOptions {
  readonly target: TopTarget;
  readonly noise: 'hide' | 'show';
  readonly nowMs: () => number;
  readonly maxRows?: number;
}

export interface TopFold {
  push(part: TapPart): void;
  /** An event that came to nothing, and why. */
  lose(reason: string): void;
  /** Everything so far; the caller adds what only the stream knows. */
  snapshot(): { readonly rows: TopRow[]; readonly counters: Omit<Top['counters'], 'limitRps' | 'aboutRps'> };
  readonly rows: number;
}

interface RowFold
  extends Pick<
    TopRow,
    'key' | 'direction' | 'source' | 'target' | 'method' | 'authority' | 'path' | 'route'
  > {
  count: number;
  ended: number;
  successes: number;
  readonly statuses: Map<string, number>;
  bestMs: number;
  worstMs: number;
  lastMs: number | null;
  /** The newest ones, in no order: enough for a median that follows. */
  readonly latenciesMs: number[];
  latencies: number;
  lastAtMs: number;
  readonly tally: LockTally;
}

const MAX_ROWS = 1_000;
const MEDIAN_OF = 64;
const MAX_PATH = 512;

export function createTopFold({ target, noise, nowMs, maxRows = MAX_ROWS }: TopFoldOptions): TopFold {
  const rows = new Map<string, RowFold>();
  // A request that was left out has no row, and neither have its later parts.
  const rowOf = new WeakMap<OpenRequest, RowFold>();
  const sides = createTopSides(target, nowMs);
  const lost = new Map<string, number>();
  let [received, requests, expired, hidden, bothSides, rowsDropped] = [0, 0, 0, 0, 0, 0];

  function lose(reason: string): void {
    lost.set(reason, (lost.get(reason) ?? 0) + 1);
  }

  function open(request: OpenRequest): void {
    const counts = sides.counts(request);
    if (noise === 'hide' && isNoise(request)) hidden++;
    else if (!counts) bothSides++;
    else {
      requests++;
      const row = findRow(request);
      row.count++;
      row.lastAtMs = nowMs();
      row.tally.add(1, tappedVerdict(request));
      rowOf.set(request, row);
    }
  }

  function findRow(request: OpenRequest): RowFold {
    const source = sourceOf(request);
    const destination = targetOf(request);
    const path = request.path.slice(0, MAX_PATH);
    const { direction, method, authority } = request;
    const ends = [source, destination].map(
      (peer) => `${peer.id ?? '-'} ${peer.namespace ?? '-'}/${peer.label}`,
    );
    const key = [direction, ...ends, method, path].join(' ');
    const existing = rows.get(key);
    if (existing) return existing;
    if (rows.size >= maxRows) dropOldest();
    const row: RowFold = {
      key,
      direction,
      source,
      target: destination,
      method,
      authority,
      path,
      route: routeOf(path),
      count: 0,
      ended: 0,
      successes: 0,
      statuses: new Map(),
      bestMs: Number.POSITIVE_INFINITY,
      worstMs: 0,
      lastMs: null,
      latenciesMs: [],
      latencies: 0,
      lastAtMs: 0,
      tally: new LockTally(),
    };
    rows.set(key, row);
    return row;
  }

  /** A tenth at a time, so that a flood of new paths does not sort all rows for each. */
  function dropOldest(): void {
    const oldest = [...rows.values()].sort((a, b) => a.lastAtMs - b.lastAtMs);
    for (const { key } of oldest.slice(0, Math.max(1, Math.floor(maxRows / 10)))) {
      rows.delete(key);
      rowsDropped++;
    }
  }

  const joiner = createRequestJoiner({
    nowMs,
    onRequest(request, stage) {
      if (stage === 'opened') {
        open(request);
        return;
      }
      const row = rowOf.get(request);
      if (!row) return;
      row.lastAtMs = nowMs();
      if (stage === 'answered') countLatency(row, request.latencyMs);
      else countEnd(row, request);
    },
    onExpired(request) {
      if (rowOf.has(request)) expired++;
    },
    onOrphan: () => lose('answer to a request that was not seen'),
  });

  function countEnd(row: RowFold, request: OpenRequest): void {
    const success = isSuccess(request);
    if (success === null) {
      lose('end of a request whose answer was not seen');
      return;
    }
    row.ended++;
    if (success) row.successes++;
    const status = statusOf(request);
    row.statuses.set(status, (row.statuses.get(status) ?? 0) + 1);
  }

  return {
    push(part) {
      received++;
      joiner.push(part);
    },
    lose(reason) {
      received++;
      lose(reason);
    },
    snapshot() {
      joiner.expire();
      return {
        rows: [...rows.values()].map(toRow),
        counters: {
          received,
          requests,
          expired,
          hidden,
          bothSides,
          lost: [...lost].map(([reason, count]) => ({ reason, count })),
          rowsDropped,
        },
      };
    },
    get rows() {
      return rows.size;
    },
  };
}

function countLatency(row: RowFold, latencyMs: number | null): void {
  if (latencyMs === null) return;
  row.lastMs = latencyMs;
  row.bestMs = Math.min(row.bestMs, latencyMs);
  row.worstMs = Math.max(row.worstMs, latencyMs);
  row.latenciesMs[row.latencies++ % MEDIAN_OF] = latencyMs;
}

function toRow({
  statuses,
  latenciesMs,
  latencies,
  bestMs,
  worstMs,
  lastAtMs,
  tally,
  ...row
}: RowFold): TopRow {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const { state, securedShare, reasons } = tally.toLock([]);
  return {
    ...row,
    statuses: Object.fromEntries(statuses),
    bestMs: latencies > 0 ? bestMs : null,
    medianMs: latencies > 0 ? median(sorted) : null,
    worstMs: latencies > 0 ? worstMs : null,
    lastAt: new Date(lastAtMs).toISOString(),
    lock: { state, securedShare, reasons },
  };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] as number;
  return Number.isInteger(middle) ? ((sorted[middle - 1] as number) + upper) / 2 : upper;
}
