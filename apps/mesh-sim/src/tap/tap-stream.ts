// One tap: which requests of its pods it gets to see, and its events in the order of time.
// Each proxy is asked again and again for a limited number of requests, a second apart at least; what comes in between is not seen.

import type { Pod } from '../cluster.ts';
import type { Exchange, Flow } from '../exchange.ts';
import type { Sink } from '../traffic/sink.ts';
import type { StreamId, TapEvent, TapHttp } from './tap-event.ts';
import type { TapMatch, TapRequest } from './tap-request.ts';
import {
  type Direction,
  isTappable,
  requestHeaders,
  responseHeaders,
  type TapView,
  tapView,
} from './tap-view.ts';

const DEFAULT_RPS = 100;
const CALL_EVERY_MS = 1_000;

/** What a proxy is doing for this tap. */
interface Observe {
  readonly base: number;
  readonly startedAtMs: number;
  taken: number;
  ended: number;
}

interface Due {
  readonly atMs: number;
  /** Key of the pod that shows it. */
  readonly pod: string;
  run(atMs: number): void;
}

export interface TapStreamOptions {
  readonly request: TapRequest;
  readonly pods: readonly Pod[];
  /** How many times this proxy has been asked before; counts this time too. */
  readonly nextBase: (pod: Pod) => number;
  readonly send: (event: TapEvent) => void;
}

export class TapStream implements Sink {
  readonly #options: TapStreamOptions;
  readonly #pods: Set<string>;
  readonly #limit: number;
  readonly #calls = new Map<string, Observe>();
  /** Sorted when run: a tick brings its requests in no order. */
  #due: Due[] = [];

  constructor(options: TapStreamOptions) {
    const { request, pods } = options;
    this.#options = options;
    this.#pods = new Set(pods.map((pod) => pod.key));
    this.#limit = Math.max(1, Math.floor((request.maxRps || DEFAULT_RPS) / pods.length));
  }

  exchange(exchange: Exchange): void {
    const { caller, target } = exchange;
    if (caller.type === 'pod' && caller.pod.meshed) this.#consider(exchange, 'outbound', caller.pod);
    if (target) this.#consider(exchange, 'inbound', target);
  }

  flow(_flow: Flow): void {
    // Tap sees HTTP only.
  }

  /** Its proxy began anew, or is gone: nothing more comes from there, and nobody says so. */
  lose({ key }: Pod): void {
    this.#pods.delete(key);
    this.#due = this.#due.filter(({ pod }) => pod !== key);
  }

  /** Sends what is due by now. */
  run(nowMs: number): void {
    for (;;) {
      const due = this.#due.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
      if (due.length === 0) return;
      this.#due = this.#due.filter(({ atMs }) => atMs > nowMs);
      for (const one of due) one.run(one.atMs);
    }
  }

  #consider(exchange: Exchange, direction: Direction, pod: Pod): void {
    if (!this.#pods.has(pod.key) || !isTappable(exchange, direction)) return;
    const view = tapView(exchange, direction);
    if (!this.#options.request.match.every((match) => isMatch(match, exchange, view))) return;
    // The target's proxy sees it a moment later than the caller's.
    const atMs = exchange.atMs + (direction === 'inbound' ? 0.3 : 0);
    this.#due.push({ atMs, pod: pod.key, run: (beganMs) => this.#begin(exchange, view, pod, beganMs) });
  }

  #begin(exchange: Exchange, view: TapView, pod: Pod, atMs: number): void {
    const call = this.#callOf(pod, atMs);
    if (call.taken >= this.#limit) return;
    const id = { base: call.base, stream: call.taken++ };
    this.#send(view, requestEvent(exchange, view, id, this.#options.request.extractHeaders));
    const ms = view.direction === 'inbound' ? exchange.serverMs : exchange.clientMs;
    // The body follows its first byte.
    const bodyMs = 0.1 + exchange.responseBytes / 4_000;
    this.#due.push(
      {
        atMs: atMs + ms,
        pod: pod.key,
        run: (answeredMs) => this.#answer(exchange, view, id, ms, answeredMs),
      },
      {
        atMs: atMs + ms + bodyMs,
        pod: pod.key,
        run: () => {
          call.ended++;
          this.#end(exchange, view, id, ms, bodyMs);
        },
      },
    );
  }

  #callOf(pod: Pod, atMs: number): Observe {
    const current = this.#calls.get(pod.key);
    const isOver = current && current.ended >= this.#limit && atMs - current.startedAtMs >= CALL_EVERY_MS;
    if (current && !isOver) return current;
    const call = { base: this.#options.nextBase(pod), startedAtMs: atMs, taken: 0, ended: 0 };
    this.#calls.set(pod.key, call);
    return call;
  }

  #answer(exchange: Exchange, view: TapView, id: StreamId, ms: number, atMs: number): void {
    const date = new Date(atMs).toUTCString();
    this.#send(view, {
      type: 'response-init',
      id,
      sinceRequestMs: ms,
      status: exchange.status ?? 0,
      headers: this.#options.request.extractHeaders ? responseHeaders(exchange, date) : null,
    });
  }

  #end({ grpcStatus }: Exchange, view: TapView, id: StreamId, ms: number, bodyMs: number): void {
    const isTrailed = grpcStatus === 0 && this.#options.request.extractHeaders;
    this.#send(view, {
      type: 'response-end',
      id,
      sinceRequestMs: ms + bodyMs,
      sinceResponseMs: bodyMs,
      grpcStatus,
      trailers: isTrailed ? [['grpc-status', '0']] : null,
    });
  }

  #send(view: TapView, http: TapHttp): void {
    this.#options.send({ ...view, http });
  }
}

function requestEvent(exchange: Exchange, view: TapView, id: StreamId, extract: boolean): TapHttp {
  const { method, authority, path } = exchange;
  const headers = extract ? requestHeaders(exchange, view.direction) : null;
  return { type: 'request-init', id, method, authority, path, headers };
}

function isMatch(match: TapMatch, exchange: Exchange, { destinationLabels, direction }: TapView): boolean {
  if (match.method !== undefined) return exchange.method === match.method;
  if (match.scheme !== undefined) return match.scheme === 'HTTP';
  if (match.authority !== undefined) return exchange.authority === match.authority;
  if (match.path !== undefined) return exchange.path.startsWith(match.path);
  if (!match.destination) return true;
  // Inbound destinations get their workload's labels only after matching.
  if (direction === 'inbound') return false;
  const { type, name, namespace } = match.destination;
  if (type === 'namespace') return destinationLabels['namespace'] === name;
  const owner = type === 'job' ? 'k8s_job' : type;
  return destinationLabels['namespace'] === namespace && (!name || destinationLabels[owner] === name);
}
