// One row of the live top: the requests of one source, target, method and path, added up as they come.

import type { TopRow } from '@latchwork/shared/tap/top';
import type { OpenRequest } from '../../sources/tap/requests.ts';
import { LockTally } from '../lock/lock-tally.ts';
import { tappedVerdict } from './top-lock.ts';
import { sourceOf, targetOf } from './top-peer.ts';
import { routeOf } from './top-route.ts';
import { isSuccess, statusOf } from './top-success.ts';

type RowNames = Pick<
  TopRow,
  'key' | 'direction' | 'source' | 'target' | 'method' | 'authority' | 'path' | 'route'
>;

/** Quantiles that follow: of the newest so many. */
const QUANTILES_OF = 64;
const MAX_PATH = 512;

/** What a request has in common with all others of its row. */
export function rowNamesOf(request: OpenRequest): RowNames {
  const source = sourceOf(request);
  const target = targetOf(request);
  const { direction, method, authority } = request;
  const path = request.path.slice(0, MAX_PATH);
  const ends = [source, target].map(
    ({ id, namespace, label }) => `${id ?? '-'} ${namespace ?? '-'}/${label}`,
  );
  const key = [direction, ...ends, method, path].join(' ');
  return { key, direction, source, target, method, authority, path, route: routeOf(path) };
}

export class TopRowFold {
  readonly names: RowNames;
  lastAtMs = 0;
  #count = 0;
  #ended = 0;
  #successes = 0;
  readonly #statuses = new Map<string, number>();
  readonly #tally = new LockTally();
  #latencies = 0;
  #bestMs = Number.POSITIVE_INFINITY;
  #worstMs = 0;
  #lastMs: number | null = null;
  /** The newest ones, in no order. */
  readonly #recentMs: number[] = [];

  constructor(names: RowNames) {
    this.names = names;
  }

  open(request: OpenRequest): void {
    this.#count++;
    this.#tally.add(1, tappedVerdict(request));
  }

  answer({ latencyMs }: OpenRequest): void {
    if (latencyMs === null) return;
    this.#lastMs = latencyMs;
    this.#bestMs = Math.min(this.#bestMs, latencyMs);
    this.#worstMs = Math.max(this.#worstMs, latencyMs);
    this.#recentMs[this.#latencies++ % QUANTILES_OF] = latencyMs;
  }

  /** False when it cannot be said how the request ended. */
  end(request: OpenRequest): boolean {
    const success = isSuccess(request);
    if (success === null) return false;
    this.#ended++;
    if (success) this.#successes++;
    const status = statusOf(request);
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    return true;
  }

  toRow(): TopRow {
    const { state, securedShare, reasons } = this.#tally.toLock([]);
    const measured = this.#latencies > 0;
    return {
      ...this.names,
      count: this.#count,
      ended: this.#ended,
      successes: this.#successes,
      statuses: Object.fromEntries(this.#statuses),
      bestMs: measured ? this.#bestMs : null,
      medianMs: measured ? median(this.#recentMs) : null,
      p95Ms: measured ? p95(this.#recentMs) : null,
      worstMs: measured ? this.#worstMs : null,
      lastMs: this.#lastMs,
      lastAt: new Date(this.lastAtMs).toISOString(),
      lock: { state, securedShare, reasons },
    };
  }
}

/** The smallest that no more than one in twenty is above. */
function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] as number;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] as number;
  return Number.isInteger(middle) ? ((sorted[middle - 1] as number) + upper) / 2 : upper;
}
