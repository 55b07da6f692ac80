// One request, or one connection, as it really happened. Proxies count it, tap shows it; neither changes it.

import type { ClusterService, Pod } from './cluster.ts';
import type { EgressNetwork, External } from './scenario/scenario.ts';

/** Who asks: a pod, or an address that no pod has (the internet, the node's kubelet, a proxy without identity yet). */
export type Caller =
  | { readonly type: 'pod'; readonly pod: Pod }
  | { readonly type: 'outside'; readonly ip: string }
  | { readonly type: 'kubelet'; readonly ip: string }
  | { readonly type: 'proxy'; readonly ip: string };

/** Whom the caller named: a Service, a host outside, or a pod by its address. */
export type Destination =
  | { readonly type: 'service'; readonly service: ClusterService; readonly backend: ClusterService }
  | { readonly type: 'external'; readonly external: External; readonly network: EgressNetwork | null }
  | { readonly type: 'direct' };

export type Outcome =
  | 'answered'
  | 'denied'
  | 'rate-limited'
  | 'route-not-found'
  | 'egress-denied'
  | 'fail-fast'
  | 'load-shed';

export interface Exchange {
  /** Unix milliseconds when the request began. */
  readonly atMs: number;
  readonly caller: Caller;
  readonly destination: Destination;
  /** Null when no pod was reached. */
  readonly target: Pod | null;
  /** The port of the target's own process. */
  readonly port: number;
  readonly protocol: 'http' | 'grpc';
  readonly method: string;
  readonly authority: string;
  /** With ids filled in, without a query. */
  readonly path: string;
  /** The same with `{id}`: what routes are matched by. */
  readonly ask: string;
  /** Linkerd's mTLS between the two proxies. */
  readonly secured: boolean;
  /** The target's proxy saw it: false for a pod without one and for a port that skips it. */
  readonly arrives: boolean;
  readonly outcome: Outcome;
  /** Null when nothing answered. */
  readonly status: number | null;
  /** Null for HTTP. */
  readonly grpcStatus: number | null;
  /** Time to first byte as the target's proxy and as the caller's proxy measure it. */
  readonly serverMs: number;
  readonly clientMs: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

/** What happened in one tick on the connections without HTTP between two ends; bytes as the client sees them. */
export interface Flow {
  readonly atMs: number;
  readonly source: Pod;
  readonly destination: Exclude<Destination, { type: 'direct' }>;
  readonly target: Pod | null;
  readonly port: number;
  readonly secured: boolean;
  readonly arrives: boolean;
  /** Connections that stay open for the life of the source. */
  readonly held: number;
  /** Connections opened and closed again within the tick. */
  readonly opened: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
}

const GRPC_FAILURES = new Set([2, 4, 7, 13, 14, 15]);

/** Linkerd's classification: never by the status alone. */
export function isSuccess({ status, grpcStatus }: Pick<Exchange, 'status' | 'grpcStatus'>): boolean {
  if (grpcStatus !== null) return !GRPC_FAILURES.has(grpcStatus);
  return status !== null && status < 500;
}
