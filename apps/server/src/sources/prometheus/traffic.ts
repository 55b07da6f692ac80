// The questions of every refresh: who called whom and how it ended, whether it was locked, and what got nowhere.

import { byEdge, NOT_LOOPBACK, OUTBOUND, type OutboundScope, TO_ENDPOINT } from './outbound.ts';
import { SOURCE_LABELS } from './owner-labels.ts';
import { countBy, duration, matcher, rate, series, sumBy, tagged, union } from './promql.ts';

export interface TrafficScope extends OutboundScope {
  readonly windowSeconds: number;
}

const INBOUND = matcher('direction', '=', 'inbound');

/** Series of one family by the workload that counted them, by its pods where some have no owner. */
function bySource(barePods: boolean, more: readonly string[], expression: string): string {
  return sumBy([...SOURCE_LABELS, ...(barePods ? ['pod'] : []), ...more], expression);
}

/** Cheapest first: it is the one that a store which was gone is asked alone. */
export function trafficQueries(scope: TrafficScope) {
  const { matchers, barePods, windowSeconds } = scope;
  const moved = (name: string, own: readonly string[]) =>
    rate(series(name, [...own, ...matchers]), windowSeconds);

  return {
    unreached: union(
      UNREACHED_FAMILIES.flatMap(([protocol, name, which]) =>
        which.map((own) =>
          tagged('protocol', protocol, bySource(barePods, PARENT_LABELS, moved(name, [own]))),
        ),
      ),
    ),
    refused: union([
      ...REFUSING_FAMILIES.map(([family, refusal]) =>
        tagged('refusal', refusal, bySource(barePods, REFUSED_LABELS, moved(family, []))),
      ),
      tagged('refusal', 'held', bySource(barePods, REFUSED_LABELS, heldWithoutIdentity(matchers))),
    ]),
    inbound: bySource(barePods, INBOUND_LABELS, moved('response_total', [INBOUND])),
    outbound: byEdge(
      scope,
      ['tls', 'server_id', 'no_tls_reason', 'classification', 'status_code', 'grpc_status'],
      (target) => rate(series('response_total', [OUTBOUND, NOT_LOOPBACK, ...target]), windowSeconds),
    ),
    connections: connections(scope),
  };
}

export type TrafficPart = keyof ReturnType<typeof trafficQueries>;

/** Builds without `target_*` labels have at least `srv_port`. */
const INBOUND_LABELS = [
  'target_port',
  'srv_port',
  'srv_name',
  'tls',
  'client_id',
  'no_tls_reason',
  'route_name',
  'authz_name',
  'classification',
];

const PARENT_LABELS = [
  'parent_kind',
  'parent_namespace',
  'parent_name',
  'parent_port',
  'route_name',
  'hostname',
  'error',
];

const REFUSED_LABELS = ['target_port', 'srv_port', 'tls', 'client_id', 'no_tls_reason', 'route_name'];

/**
 * What never got to an endpoint is in no `response_total`: `error` and the deny route tell it
 * (https://linkerd.io/docs/reference/proxy-metrics/). Families may have equal labels: told apart by `protocol`.
 */
const UNREACHED_FAMILIES = [
  ...(['http', 'grpc'] as const).map(
    (protocol) =>
      [
        protocol,
        `outbound_${protocol}_route_request_statuses_total`,
        [
          matcher('error', '=~', 'FAIL_FAST|LOAD_SHED'),
          matcher('route_name', '=~', '(http|grpc)-egress-deny'),
        ],
      ] as const,
  ),
  ...(['tcp', 'tls'] as const).map(
    (protocol) =>
      [
        protocol,
        `outbound_${protocol}_route_close_total`,
        [matcher('error', '=~', 'forbidden|invalid_backend|invalid_policy')],
      ] as const,
  ),
];

const REFUSING_FAMILIES = [
  ['inbound_http_authz_deny_total', 'authorization'],
  ['inbound_http_route_not_found_total', 'route'],
  ['inbound_http_local_ratelimit_total', 'rateLimit'],
  ['inbound_tcp_authz_deny_total', 'connection'],
  ['inbound_tcp_authz_allow_total', 'admitted'],
] as const;

/**
 * Connections open now that came without mTLS and carry no HTTP: where policy let them in as TCP. What has been open
 * for days is in no rate.
 */
function heldWithoutIdentity(matchers: readonly string[]): string {
  const plain = [matcher('tls', '!=', 'true'), matcher('target_port', '!~', '419[01]'), ...matchers];
  const open = series('tcp_open_connections', [INBOUND, matcher('peer', '=', 'src'), ...plain]);
  const admitted = series('inbound_tcp_authz_allow_total', plain);
  return `${open} and ignoring (direction, peer, authz_group, authz_kind, authz_name, saz_name) ${admitted}`;
}

/**
 * Connections that lived in the window: open at its start or opened in it. The counter alone forgets a held
 * connection, the gauge alone a closed one. A series younger than the window has no start to be open at. What a pod
 * that is gone since had in the window counts, hence `last_over_time`: its instant series are gone.
 * Then the edges and ports that carry HTTP, under `pool`: theirs are connections too. Told apart by us, since for
 * Prometheus to match the series of one with the other costs as much as all the rest.
 */
function connections(scope: TrafficScope): string {
  const window = duration(scope.windowSeconds);
  function lived(target: readonly string[]): string {
    const matchers = [...TO_ENDPOINT, ...target];
    const opened = `${series('tcp_open_total', matchers)}[${window}]`;
    const atStart = `${series('tcp_open_connections', matchers)} offset ${window}`;
    return `((${atStart}) + increase(${opened})) or last_over_time(${opened})`;
  }
  function asked(target: readonly string[]): string {
    return `last_over_time(${series('request_total', [OUTBOUND, ...target])}[${window}])`;
  }
  return union([
    byEdge(scope, ['tls', 'server_id', 'no_tls_reason'], lived),
    tagged('pool', 'yes', byEdge(scope, [], asked, countBy)),
  ]);
}
