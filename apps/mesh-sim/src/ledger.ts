// The simulator's own book of what happened on each edge, kept apart from metrics so that tests can hold one against the other.

import { egressId, externalId, serviceId, unmeshedId } from '@latchwork/shared/node-id';
import type { Pod } from './cluster.ts';
import { type Exchange, type Flow, isSuccess } from './exchange.ts';
import type { Sink } from './traffic/sink.ts';

const KEPT_SECONDS = 600;

/** What one second of one edge held. */
const EMPTY = {
  requests: 0,
  successes: 0,
  securedRequests: 0,
  authorization: 0,
  route: 0,
  rateLimit: 0,
  egress: 0,
  FAIL_FAST: 0,
  LOAD_SHED: 0,
  opens: 0,
  readBytes: 0,
  writtenBytes: 0,
};
export type Entry = typeof EMPTY;

const FIELD_OF = {
  denied: 'authorization',
  'rate-limited': 'rateLimit',
  'route-not-found': 'route',
  'egress-denied': 'egress',
  'fail-fast': 'FAIL_FAST',
  'load-shed': 'LOAD_SHED',
} as const;

export interface EdgeSums {
  readonly source: string;
  readonly target: string;
  /** Connections without HTTP that stay open. */
  readonly held: number;
  readonly isTcp: boolean;
  readonly sums: Entry;
}

interface Book {
  readonly source: string;
  readonly target: string;
  readonly isTcp: boolean;
  readonly held: Map<string, number>;
  readonly seconds: Map<number, Entry>;
}

function isNoise(exchange: Exchange): boolean {
  const { caller, destination } = exchange;
  return destination.type === 'direct' || caller.type === 'kubelet' || caller.type === 'proxy';
}

function edgeOf(exchange: Exchange): { source: string; target: string } | null {
  const { caller, destination, target, outcome } = exchange;
  if (isNoise(exchange)) return null;
  const targetId = targetOf(destination, target, outcome === 'egress-denied');
  if (caller.type === 'pod' && caller.pod.meshed) return { source: caller.pod.workloadId, target: targetId };
  return exchange.arrives ? { source: unmeshedId(targetId), target: targetId } : null;
}

function targetOf(destination: Exchange['destination'], target: Pod | null, refused: boolean): string {
  if (target) return target.workloadId;
  if (destination.type === 'service')
    return serviceId(destination.service.namespace, destination.service.name);
  if (destination.type === 'direct') throw new Error('a call by address always has a pod');
  const { external, network } = destination;
  if (refused && network) return egressId(network.namespace, network.name);
  return externalId(`${external.ip}:${external.port}`);
}

export class Ledger implements Sink {
  readonly #books = new Map<string, Book>();

  exchange(exchange: Exchange): void {
    const edge = edgeOf(exchange);
    if (!edge) return;
    const entry = this.#entry(edge, exchange.atMs, false);
    if (exchange.outcome !== 'answered') entry[FIELD_OF[exchange.outcome]]++;
    const unreached = ['egress-denied', 'fail-fast', 'load-shed'].includes(exchange.outcome);
    // From a caller without a proxy only what the target's proxy let in is counted as a response.
    const unseen = exchange.caller.type !== 'pod' || !exchange.caller.pod.meshed;
    if (unreached || (unseen && exchange.outcome !== 'answered')) return;
    entry.requests++;
    if (isSuccess(exchange)) entry.successes++;
    if (exchange.secured) entry.securedRequests++;
  }

  flow(flow: Flow): void {
    const { source, destination, target, atMs, held, opened, readBytes, writtenBytes } = flow;
    const edge = { source: source.workloadId, target: targetOf(destination, target, false) };
    const entry = this.#entry(edge, atMs, true);
    entry.opens += opened;
    entry.readBytes += readBytes;
    entry.writtenBytes += writtenBytes;
    this.#books.get(`${edge.source} ${edge.target}`)?.held.set(source.key, held);
  }

  /** What happened from `fromMs` to `toMs`; edges on which nothing did are left out. */
  sums(fromMs: number, toMs: number): EdgeSums[] {
    const found: EdgeSums[] = [];
    for (const { source, target, isTcp, held, seconds } of this.#books.values()) {
      const sums = { ...EMPTY };
      for (const [second, entry] of seconds)
        if (second * 1000 >= fromMs && second * 1000 < toMs)
          for (const field of Object.keys(sums) as (keyof Entry)[]) sums[field] += entry[field];
      if (Object.values(sums).every((sum) => sum === 0)) continue;
      found.push({ source, target, isTcp, sums, held: [...held.values()].reduce((a, b) => a + b, 0) });
    }
    return found.sort((a, b) => (`${a.source} ${a.target}` < `${b.source} ${b.target}` ? -1 : 1));
  }

  #entry({ source, target }: { source: string; target: string }, atMs: number, isTcp: boolean): Entry {
    const key = `${source} ${target}`;
    let book = this.#books.get(key);
    if (!book) {
      book = { source, target, isTcp, held: new Map(), seconds: new Map() };
      this.#books.set(key, book);
    }
    const second = Math.floor(atMs / 1000);
    let entry = book.seconds.get(second);
    if (!entry) {
      entry = { ...EMPTY };
      book.seconds.set(second, entry);
      for (const old of book.seconds.keys())
        if (old < second - KEPT_SECONDS) book.seconds.delete(old);
        else break;
    }
    return entry;
  }
}
