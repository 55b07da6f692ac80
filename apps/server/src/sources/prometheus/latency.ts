// The dearer questions, asked at a slower pace: latency buckets, and what connections carried.

import { byEdge } from './outbound.ts';
import { SOURCE_LABELS } from './owner-labels.ts';
import { matcher, rate, series, sumBy, tagged, union } from './promql.ts';
import { lived, type TrafficScope } from './traffic.ts';

export interface LatencyScope extends TrafficScope {
  /** 14 bounds (1-2-5) instead of all 26: for a large mesh or a slow store. */
  readonly coarse: boolean;
}

const OUTBOUND = matcher('direction', '=', 'outbound');
const TO_ENDPOINT = [OUTBOUND, matcher('peer', '=', 'dst')];
/** Prometheus 3 writes `1.0` where older ones write `1`. */
const COARSE_BOUNDS = matcher(
  'le',
  '=~',
  '(1|2|5|10|20|50|100|200|500|1000|2000|5000|10000|20000|50000)([.]0)?|[+]Inf',
);
/** Three families of one label set: told apart by `what`. */
const VOLUMES = [
  ['tcp_open_total', 'opensPerSecond'],
  ['tcp_read_bytes_total', 'readBytesPerSecond'],
  ['tcp_write_bytes_total', 'writeBytesPerSecond'],
] as const;
const NO_SCRAPES = matcher('target_port', '!~', '419[01]');

export function latencyQueries(scope: LatencyScope) {
  const { matchers, barePods, windowSeconds, coarse } = scope;
  const bounds = coarse ? [COARSE_BOUNDS] : [];
  const buckets = (own: readonly string[]) =>
    rate(series('response_latency_ms_bucket', [...own, ...bounds]), windowSeconds);
  const inbound = [matcher('direction', '=', 'inbound'), NO_SCRAPES, ...matchers];
  // A probe is plaintext; a real client may ask for the same path, and then with its identity.
  const probePath = matcher('route_name', '=', 'probe');

  return {
    inboundLatency: sumBy(
      [...SOURCE_LABELS, ...(barePods ? ['pod'] : []), 'le'],
      `${buckets([...inbound, matcher('route_name', '!=', 'probe')])} or ${buckets([...inbound, probePath, matcher('tls', '=', 'true')])}`,
    ),
    outboundLatency: byEdge(scope, ['le'], (target) => buckets([OUTBOUND, ...target])),
    pool: byEdge(scope, ['tls', 'server_id', 'no_tls_reason'], (target) =>
      lived(target, windowSeconds, 'and'),
    ),
    volume: union(
      VOLUMES.map(([family, what]) =>
        byEdge(scope, ['what'], (target) =>
          tagged('what', what, rate(series(family, [...TO_ENDPOINT, ...target]), windowSeconds)),
        ),
      ),
    ),
  };
}

export type LatencyPart = keyof ReturnType<typeof latencyQueries>;
