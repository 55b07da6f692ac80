// The questions of every refresh: who called whom and how it ended, whether it was locked, and what got nowhere.

import { byEdge, type OutboundScope } from './outbound.ts';
import { SOURCE_LABELS } from './owner-labels.ts';
import { duration, matcher, rate, series, sumBy, tagged, union } from './promql.ts';

export interface TrafficScope extends OutboundScope {
  readonly windowSeconds: number;
}

const OUTBOUND = matcher('direction', '=', 'outbound');
const INBOUND = matcher('direction', '=', 'inbound');
/** Never `peer="src"` of outbound: that is the application's own connection to its proxy, always loopback. */
const TO_ENDPOINT = [OUTBOUND, matcher('peer', '=', 'dst')];

/** Series of one family by its caller and pod, bare pods included. */
function bySource(barePods: boolean, more: readonly string[], expression: string): string {
  return sumBy([...SOURCE_LABELS, ...(barePods ? ['pod'] : []), ...more], expression);
}

export function trafficQueries(scope: TrafficScope) {
  const { matchers, barePods, windowSeconds } = scope;
  const moved = (name: string, own: readonly string[]) =>
    rate(series(name, [...own, ...matchers]), windowSeconds);

  return {
    outbound: byEdge(
      scope,
      ['tls', 'server_id', 'no_tls_reason', 'classification', 'status_code', 'grpc_status'],
      (target) => rate(series('response_total', [OUTBOUND, ...target]), windowSeconds),
    ),
    inbound: bySource(
      barePods,
      [
        'target_port',
        'tls',
        'client_id',
        'no_tls_reason',
        'route_kind',
        'route_name',
        'authz_name',
        'classification',
      ],
      moved('response_total', [INBOUND]),
    ),
    connections: byEdge(scope, ['tls', 'server_id', 'no_tls_reason'], (target) =>
      lived(target, windowSeconds, 'unless'),
    ),
    open: byEdge(scope, [], (target) => series('tcp_open_connections', [...TO_ENDPOINT, ...target])),
    unreached: union([
      ...(['http', 'grpc'] as const).flatMap((protocol) => [
        unreached(scope, protocol, matcher('error', '=~', 'FAIL_FAST|LOAD_SHED'), 'unreached'),
        unreached(scope, protocol, matcher('route_name', '=~', '(http|grpc)-egress-deny'), 'egress'),
      ]),
      ...(['tcp', 'tls'] as const).map((protocol) =>
        bySource(
          barePods,
          PARENT_LABELS,
          tagged(
            'outcome',
            'egress',
            tagged(
              'protocol',
              protocol,
              moved(`outbound_${protocol}_route_close_total`, [matcher('error', '=', 'forbidden')]),
            ),
          ),
        ),
      ),
    ]),
    refused: union(
      REFUSING_FAMILIES.map(([family, refusal]) =>
        bySource(
          barePods,
          ['target_port', 'tls', 'client_id', 'no_tls_reason', 'route_name', 'ratelimit_scope', 'refusal'],
          tagged('refusal', refusal, moved(family, [])),
        ),
      ),
    ),
  };
}

export type TrafficPart = keyof ReturnType<typeof trafficQueries>;

const PARENT_LABELS = [
  'parent_kind',
  'parent_namespace',
  'parent_name',
  'parent_port',
  'route_name',
  'hostname',
  'error',
  'protocol',
  'outcome',
];

const REFUSING_FAMILIES = [
  ['inbound_http_authz_deny_total', 'authorization'],
  ['inbound_http_route_not_found_total', 'route'],
  ['inbound_http_local_ratelimit_total', 'rateLimit'],
  ['inbound_tcp_authz_deny_total', 'connection'],
  ['inbound_tcp_authz_allow_total', 'admitted'],
] as const;

/**
 * What never got to an endpoint is in no `response_total`; `error` and the deny route tell it
 * (https://linkerd.io/docs/reference/proxy-metrics/). The families of HTTP and gRPC may have equal labels: told apart by `protocol`.
 */
function unreached(scope: TrafficScope, protocol: 'http' | 'grpc', which: string, outcome: string): string {
  const name = `outbound_${protocol}_route_request_statuses_total`;
  const moved = rate(series(name, [which, ...scope.matchers]), scope.windowSeconds);
  return bySource(
    scope.barePods,
    PARENT_LABELS,
    tagged('outcome', outcome, tagged('protocol', protocol, moved)),
  );
}

/**
 * Connections that lived in the window: open at its start or opened in it. The counter alone forgets a held
 * connection, the gauge alone a closed one. A series younger than the window has no start to be open at.
 * `unless`: those that are no HTTP pool; `and`: those that are.
 */
export function lived(target: readonly string[], windowSeconds: number, pool: 'unless' | 'and'): string {
  const matchers = [...TO_ENDPOINT, ...target];
  const opened = series('tcp_open_total', matchers);
  const window = duration(windowSeconds);
  const atStart = `${series('tcp_open_connections', matchers)} offset ${window}`;
  return `(((${atStart}) + increase(${opened}[${window}])) or ${opened}) ${pool} ignoring (peer) ${series('request_total', [OUTBOUND, ...target])}`;
}
