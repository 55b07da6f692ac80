// Tapped requests folded into rows, with an honest count of what is not in them. Knows no stream: parts come in, rows go out.

import type { Top, TopRow } from '@latchwork/shared/tap/top';
import { createRequestJoiner, type OpenRequest } from '../../sources/tap/requests.ts';
import type { TapPart } from '../../sources/tap/tap-part.ts';
import type { TapMatch } from '../../sources/tap/target.ts';
import { fitsTap } from './tap-fit.ts';
import { isNoise } from './top-noise.ts';
import { rowNamesOf, TopRowFold } from './top-row.ts';
import { createTopSides, type TopTarget } from './top-sides.ts';

export interface TopFoldOptions {
  readonly target: TopTarget;
  readonly noise: 'hide' | 'show';
  readonly nowMs: () => number;
  readonly match?: TapMatch | undefined;
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

const MAX_ROWS = 1_000;

export function createTopFold({
  target,
  noise,
  nowMs,
  match = {},
  maxRows = MAX_ROWS,
}: TopFoldOptions): TopFold {
  const rows = new Map<string, TopRowFold>();
  // A request that was left out has no row, and neither have its later parts.
  const rowOf = new WeakMap<OpenRequest, TopRowFold>();
  const sides = createTopSides(target, nowMs);
  const lost = new Map<string, number>();
  const counts = { received: 0, requests: 0, expired: 0, hidden: 0, bothSides: 0, rowsDropped: 0 };

  function lose(reason: string): void {
    lost.set(reason, (lost.get(reason) ?? 0) + 1);
  }

  function open(request: OpenRequest): void {
    // Asked of all of them: what is left out as noise shows, too, whose proxy is tapped.
    const isCounted = sides.counts(request);
    if (!fitsTap(request, match)) return;
    if (noise === 'hide' && isNoise(request)) counts.hidden++;
    else if (!isCounted) counts.bothSides++;
    else {
      counts.requests++;
      const row = findRow(request);
      row.lastAtMs = nowMs();
      row.open(request);
      rowOf.set(request, row);
    }
  }

  function findRow(request: OpenRequest): TopRowFold {
    const names = rowNamesOf(request);
    const existing = rows.get(names.key);
    if (existing) return existing;
    if (rows.size >= maxRows) dropOldest();
    const row = new TopRowFold(names);
    rows.set(names.key, row);
    return row;
  }

  /** A tenth at a time, so that a flood of new paths does not sort all rows for each. */
  function dropOldest(): void {
    const oldest = [...rows.values()].sort((a, b) => a.lastAtMs - b.lastAtMs);
    for (const { names } of oldest.slice(0, Math.max(1, Math.floor(maxRows / 10)))) {
      rows.delete(names.key);
      counts.rowsDropped++;
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
      if (stage === 'answered') row.answer(request);
      else if (!row.end(request)) lose('end of a request whose answer was not seen');
    },
    onExpired(request) {
      if (rowOf.has(request)) counts.expired++;
    },
    onOrphan: () => lose('answer to a request that was not seen'),
  });

  return {
    push(part) {
      counts.received++;
      joiner.push(part);
    },
    lose(reason) {
      counts.received++;
      lose(reason);
    },
    snapshot() {
      joiner.expire();
      return {
        rows: [...rows.values()].map((row) => row.toRow()),
        counters: { ...counts, lost: [...lost].map(([reason, count]) => ({ reason, count })) },
      };
    },
    get rows() {
      return rows.size;
    },
  };
}
