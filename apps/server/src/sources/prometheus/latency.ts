// Latency buckets, of workloads and of edges: the dearest questions.

import type { AskScope } from './ask-scope.ts';
import { inboundWithoutNoise } from './inbound.ts';
import { byEdge, NOT_LOOPBACK, OUTBOUND } from './outbound.ts';
import { matcher, rate, series, union } from './promql.ts';

/** Prometheus 3 writes `1.0` where older ones write `1`. */
const COARSE_BOUNDS = matcher(
  'le',
  '=~',
  '(1|2|5|10|20|50|100|200|500|1000|2000|5000|10000|50000)([.]0)?|[+]Inf',
);

export function inboundLatencyQuery(scope: AskScope): string {
  return inboundWithoutNoise(scope, ['le'], (own) => buckets(scope, own));
}

/** Of the edges of the namespaces in reach, in and out. */
export function outboundLatencyQuery(scope: AskScope): string {
  const names = scope.reach === 'all' ? null : scope.reach.join('|');
  const ends =
    names === null
      ? [[]]
      : [
          [matcher('namespace', '=~', names)],
          [matcher('namespace', '!~', names), matcher('dst_namespace', '=~', names)],
        ];
  return union(
    ends.map((end) =>
      byEdge(scope, ['le'], (target) => buckets(scope, [OUTBOUND, NOT_LOOPBACK, ...end, ...target])),
    ),
  );
}

function buckets({ coarse, windowSeconds }: AskScope, own: readonly string[]): string {
  const bounds = coarse ? [COARSE_BOUNDS] : [];
  return rate(series('response_latency_ms_bucket', [...own, ...bounds]), windowSeconds);
}
