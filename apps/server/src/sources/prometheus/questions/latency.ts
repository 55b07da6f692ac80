// Latency buckets, of workloads and of edges: the dearest questions.

import type { AskScope } from './ask-scope.ts';
import { counted } from './counted.ts';
import { bySource, INBOUND, inboundWithoutNoise } from './inbound.ts';
import { byEdge, NOT_LOOPBACK, OUTBOUND } from './outbound.ts';
import { matcher, tagged, union } from './promql.ts';

const UPKEEP_PORT = '419[01]';
/** Disjoint, so that nothing is there twice. Builds without `target_*` labels have at least `srv_port`. */
export const NOISE = [
  [matcher('target_port', '=~', UPKEEP_PORT)],
  [matcher('target_port', '=', ''), matcher('srv_port', '=~', UPKEEP_PORT)],
  [
    matcher('target_port', '!~', UPKEEP_PORT),
    matcher('srv_port', '!~', UPKEEP_PORT),
    matcher('route_name', '=', 'probe'),
    matcher('tls', '!=', 'true'),
  ],
];
const COARSE_BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000];
/** Stands for the last bucket of histograms that are stored without it. */
export const COUNT_BOUND = 'count';

export function inboundLatencyQuery(scope: AskScope): string {
  return withLast(scope, (rates) => inboundWithoutNoise(scope, ['le'], rates));
}

/** Of scrapes, taps and probes alone: what `inboundLatencyQuery` leaves out. Their labels say which. */
export function noiseLatencyQuery(scope: AskScope): string {
  const labels = ['le', 'target_port', 'srv_port', 'route_name', 'tls'];
  return withLast(scope, (rates) =>
    union(NOISE.map((which) => bySource(scope, labels, rates([INBOUND, ...which, ...scope.matchers])))),
  );
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
      withLast(scope, (rates) =>
        byEdge(scope, ['le'], (target) => rates([OUTBOUND, NOT_LOOPBACK, ...end, ...target])),
      ),
    ),
  );
}

export type Rates = (own: readonly string[]) => string;

/** `by` groups what it is given, by `le` among others. */
export function withLast(scope: AskScope, by: (rates: Rates) => string): string {
  const bounds = boundsOf(scope);
  const buckets = counted(scope, (growth) =>
    by((own) => growth('response_latency_ms_bucket', [...own, ...bounds])),
  );
  if (!scope.lastFromCount) return buckets;
  const counts = counted(scope, (growth) => by((own) => growth('response_latency_ms_count', own)));
  return union([buckets, tagged('le', COUNT_BOUND, counts)]);
}

/** Prometheus 3 writes `1.0` where older ones write `1`. */
function boundsOf({ coarse, commonBoundsMs }: AskScope): string[] {
  if (!coarse && commonBoundsMs === null) return [];
  const asked = coarse ? COARSE_BOUNDS_MS : (commonBoundsMs ?? []);
  const bounds = commonBoundsMs === null ? asked : asked.filter((bound) => commonBoundsMs.includes(bound));
  return [matcher('le', '=~', `(${bounds.join('|')})([.]0)?|[+]Inf`)];
}
