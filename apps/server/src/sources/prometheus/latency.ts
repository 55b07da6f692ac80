// The questions at a slower pace, since they cost more or matter less: latency buckets, connections open now and what they
// carried.

import { byEdge, NOT_LOOPBACK, OUTBOUND, TO_ENDPOINT } from './outbound.ts';
import { SOURCE_LABELS } from './owner-labels.ts';
import { matcher, rate, series, sumBy, tagged, union } from './promql.ts';
import type { TrafficScope } from './traffic.ts';

interface InboundScope {
  readonly matchers: readonly string[];
  readonly barePods: boolean;
  readonly probeRoutes?: readonly string[];
}

export interface LatencyScope extends TrafficScope {
  /** 14 bounds (1-2-5 up to 10 s, and the last) instead of all 26: for a large mesh or a slow store. */
  readonly coarse: boolean;
  /** Namespaces whose edges are asked for their latencies, in and out; null: all edges, none: no edge. */
  readonly edgesInView: readonly string[] | null;
  /** Routes of users that may serve probes alone: their plaintext is asked apart. */
  readonly probeRoutes?: readonly string[];
}

/** Prometheus 3 writes `1.0` where older ones write `1`. */
const COARSE_BOUNDS = matcher(
  'le',
  '=~',
  '(1|2|5|10|20|50|100|200|500|1000|2000|5000|10000|50000)([.]0)?|[+]Inf',
);
/** Three families of one label set: told apart by `what`. */
const VOLUMES = [
  ['tcp_open_total', 'opensPerSecond'],
  ['tcp_read_bytes_total', 'readBytesPerSecond'],
  ['tcp_write_bytes_total', 'writeBytesPerSecond'],
] as const;
const NO_UPKEEP = [matcher('target_port', '!~', '419[01]'), matcher('srv_port', '!~', '419[01]')];

/** Whether a route of a user's own is for probes is decided by these, with the objects of Kubernetes. */
const ROUTE_LABELS = ['target_port', 'srv_port', 'srv_name', 'authz_name'];

/**
 * Inbound series of one family by `more`, without the noise. A probe is plaintext; a real client may ask for the same
 * path, and then with its identity: those rows bear `route_name`, which keeps the sums apart.
 */
export function inboundWithoutNoise(
  { matchers, barePods, probeRoutes = [] }: InboundScope,
  more: readonly string[],
  expression: (matchers: readonly string[]) => string,
): string {
  const inbound = [matcher('direction', '=', 'inbound'), ...NO_UPKEEP, ...matchers];
  const by = [...SOURCE_LABELS, ...(barePods ? ['pod'] : []), ...more];
  const own = probeRoutes.map((name) => name.replaceAll('.', '[.]')).join('|');
  return union([
    sumBy(
      by,
      expression([
        ...inbound,
        own === '' ? matcher('route_name', '!=', 'probe') : matcher('route_name', '!~', `probe|${own}`),
      ]),
    ),
    sumBy(
      [...by, 'route_name', 'tls'],
      expression([...inbound, matcher('route_name', '=', 'probe'), matcher('tls', '=', 'true')]),
    ),
    ...(own === ''
      ? []
      : [
          sumBy(
            [...by, 'route_name', 'tls', ...ROUTE_LABELS],
            expression([...inbound, matcher('route_name', '=~', own)]),
          ),
        ]),
  ]);
}

/** Buckets of edges: the dearest question of all. Null when no edge is in view. */
function outboundLatency(
  scope: LatencyScope,
  buckets: (matchers: readonly string[]) => string,
): string | null {
  const { edgesInView } = scope;
  if (edgesInView?.length === 0) return null;
  const names = edgesInView?.join('|');
  const ends =
    names === undefined
      ? [[]]
      : [
          [matcher('namespace', '=~', names)],
          [matcher('namespace', '!~', names), matcher('dst_namespace', '=~', names)],
        ];
  return union(
    ends.map((end) =>
      byEdge(scope, ['le'], (target) => buckets([OUTBOUND, NOT_LOOPBACK, ...end, ...target])),
    ),
  );
}

export function latencyQueries(scope: LatencyScope) {
  const { windowSeconds, coarse } = scope;
  const bounds = coarse ? [COARSE_BOUNDS] : [];
  const buckets = (own: readonly string[]) =>
    rate(series('response_latency_ms_bucket', [...own, ...bounds]), windowSeconds);

  return {
    inboundLatency: inboundWithoutNoise(scope, ['le'], buckets),
    outboundLatency: outboundLatency(scope, buckets),
    open: byEdge(scope, [], (target) => series('tcp_open_connections', [...TO_ENDPOINT, ...target])),
    volume: union(
      VOLUMES.map(([family, what]) =>
        tagged(
          'what',
          what,
          byEdge(scope, [], (target) => rate(series(family, [...TO_ENDPOINT, ...target]), windowSeconds)),
        ),
      ),
    ),
  };
}

export type LatencyPart = keyof ReturnType<typeof latencyQueries>;
