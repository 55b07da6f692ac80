// What a store holds of the proxies' series at all, and under which labels: asked at the start and every five minutes, and
// compared with what the other questions need. Every selector has a name, and every answer few rows.

import { lackingQueries } from './lacking.ts';
import { OWN_OWNER_LABELS } from './owners/owner-labels.ts';
import { countBy, matcher, series, tagged, union } from './promql.ts';

/** Counted by a proxy for both of its sides. */
export const SIDED_FAMILIES = [
  'request_total',
  'response_total',
  'response_latency_ms_count',
  'tcp_open_total',
  'tcp_open_connections',
  'tcp_read_bytes_total',
  'tcp_write_bytes_total',
] as const;
const OTHER_FAMILIES = [
  'proxy_build_info',
  'inbound_http_authz_allow_total',
  'inbound_http_authz_deny_total',
  'outbound_http_route_request_statuses_total',
] as const;

/** Series by `family` and, where it has one, `direction`; and proxies without a family that others have, under `lacking`. */
export function familiesQuery(matchers: readonly string[]): string {
  return union([
    ...SIDED_FAMILIES.map((name) =>
      tagged('family', name, countBy(['direction'], series(name, withoutLoopback(name, matchers)))),
    ),
    ...OTHER_FAMILIES.map((name) => tagged('family', name, `count(${series(name, matchers)})`)),
    ...lackingQueries(matchers),
  ]);
}

/** An application's own connection to its proxy says nothing about what leaves the pod. */
function withoutLoopback(name: string, matchers: readonly string[]): readonly string[] {
  return name.startsWith('tcp_') ? [matcher('no_tls_reason', '!=', 'loopback'), ...matchers] : matchers;
}

/** Series of latency buckets by bound. */
export function boundsQuery(matchers: readonly string[]): string {
  return countBy(['direction', 'le'], series('response_latency_ms_bucket', matchers));
}

/** Labels that a proxy writes, and the family in which they are looked for. */
const RESPONSES = 'response_total';
export const PROXY_LABELS: readonly (readonly [label: string, family: string])[] = [
  ...[
    'direction',
    'tls',
    'server_id',
    'client_id',
    'no_tls_reason',
    'classification',
    'status_code',
    'grpc_status',
    'target_addr',
    'target_port',
    'srv_name',
    'srv_port',
    'route_name',
    'authz_name',
    'authority',
    'dst_namespace',
    'dst_service',
    'dst_deployment',
    'dst_pod',
    'dst_control_plane_ns',
  ].map((label) => [label, RESPONSES] as const),
  ['peer', 'tcp_open_total'],
  ['error', 'outbound_http_route_request_statuses_total'],
  ['hostname', 'outbound_http_route_request_statuses_total'],
  ['parent_name', 'outbound_http_route_request_statuses_total'],
  ['parent_namespace', 'outbound_http_route_request_statuses_total'],
  ['le', 'response_latency_ms_bucket'],
];

/** Labels of the scrape: on every series. */
export const SCRAPE_LABELS = [
  'namespace',
  'pod',
  ...OWN_OWNER_LABELS.map(([label]) => label),
  'control_plane_component',
  'extension',
  'workload_ns',
];

/** What other collectors and scrape configurations call the labels of the scrape. */
export const OTHER_NAMES: readonly (readonly [label: string, from: string])[] = [
  ['namespace', 'k8s_namespace_name'],
  ['namespace', 'kubernetes_namespace'],
  ['namespace', 'kube_namespace'],
  ['namespace', 'kubernetes_namespace_name'],
  ['pod', 'k8s_pod_name'],
  ['pod', 'kubernetes_pod_name'],
  ['pod', 'kubernetes_pod'],
  ['pod', 'pod_name'],
  ['deployment', 'k8s_deployment_name'],
  ['deployment', 'kube_deployment'],
  ['statefulset', 'k8s_statefulset_name'],
  ['statefulset', 'kube_stateful_set'],
  ['daemonset', 'k8s_daemonset_name'],
  ['daemonset', 'kube_daemon_set'],
  ['k8s_job', 'k8s_job_name'],
  ['cronjob', 'k8s_cronjob_name'],
  ['replicaset', 'k8s_replicaset_name'],
  ...OWN_OWNER_LABELS.map(
    ([label]) => [label, `linkerd_io_proxy_${label === 'k8s_job' ? 'job' : label}`] as const,
  ),
  ['control_plane_component', 'linkerd_io_control_plane_component'],
  ['extension', 'linkerd_io_extension'],
  ['workload_ns', 'linkerd_io_workload_ns'],
];
/** The same with dots, as OpenTelemetry has them: a store older than these names refuses the question. */
export const DOTTED_NAMES: readonly (readonly [label: string, from: string])[] = OTHER_NAMES.flatMap(
  ([label, from]) => (from.startsWith('k8s_') ? [[label, from.replaceAll('_', '.')] as const] : []),
);

/**
 * Under `pushed` the labels of which some series keep the proxy's own as `exported_…`; under `lacks` the ones that some, under
 * `has` the ones that some do have; under `other` names of another scheme.
 */
export function labelsQuery(matchers: readonly string[]): string {
  const count = (family: string, own: readonly string[]) => `count(${series(family, [...own, ...matchers])})`;
  const inbound = matcher('direction', '=', 'inbound');
  const outbound = matcher('direction', '=', 'outbound');
  const mutual = matcher('tls', '=', 'true');
  const known = [outbound, matcher('dst_namespace', '!=', '')];
  return union([
    ...[...PROXY_LABELS, ...SCRAPE_LABELS.map((label) => [label, RESPONSES] as const)].map(
      ([label, family]) => tagged('pushed', label, count(family, [matcher(`exported_${label}`, '!=', '')])),
    ),
    ...OTHER_NAMES.map(([label, from]) =>
      tagged('other', from, count(RESPONSES, [matcher(from, '!=', ''), matcher(label, '=', '')])),
    ),
    ...['direction', 'classification', 'namespace'].map((label) =>
      tagged('lacks', label, count(RESPONSES, [matcher(label, '=', '')])),
    ),
    ...['direction', 'classification', 'namespace'].map((label) =>
      tagged('has', label, count(RESPONSES, [matcher(label, '!=', '')])),
    ),
    tagged('lacks', 'peer', count('tcp_open_total', [matcher('peer', '=', '')])),
    tagged('has', 'peer', count('tcp_open_total', [matcher('peer', '!=', '')])),
    tagged('lacks', 'pod', count(RESPONSES, [matcher('pod', '=', ''), matcher('instance', '=', '')])),
    tagged('has', 'pod', count(RESPONSES, [matcher('pod', '!=', '')])),
    tagged('lacks', 'server_id', count(RESPONSES, [outbound, mutual, matcher('server_id', '=', '')])),
    tagged('lacks', 'client_id', count(RESPONSES, [inbound, mutual, matcher('client_id', '=', '')])),
    tagged('has', 'client_id', count(RESPONSES, [inbound, mutual, matcher('client_id', '!=', '')])),
    tagged(
      'lacks',
      'dst_namespace',
      count(RESPONSES, [outbound, matcher('server_id', '!=', ''), matcher('dst_namespace', '=', '')]),
    ),
    tagged('has', 'dst_namespace', count(RESPONSES, known)),
    ...['dst_service', 'dst_pod'].flatMap((label) => [
      tagged('lacks', label, count(RESPONSES, [...known, matcher(label, '=', '')])),
      tagged('has', label, count(RESPONSES, [outbound, matcher(label, '!=', '')])),
    ]),
    tagged(
      'lacks',
      'target_port',
      count(RESPONSES, [inbound, matcher('target_port', '=', ''), matcher('srv_port', '=', '')]),
    ),
    tagged('has', 'target_port', count(RESPONSES, [inbound, matcher('target_port', '!=', '')])),
  ]);
}

/** A few series of responses with all their labels, where those that we know do not say whose they are. */
export function someSeriesQuery(matchers: readonly string[]): string {
  return `topk(5, ${series(RESPONSES, [matcher('direction', '=', 'inbound'), ...matchers])})`;
}

/** Names that end as that of a family which nothing but a proxy has. */
export function prefixQuery(matchers: readonly string[]): string {
  const names = `{${[matcher('__name__', '=~', `.+[_:]${TELLING_FAMILY}`), ...matchers].join(',')}}`;
  return countBy(['__name__'], names);
}

export const TELLING_FAMILY = 'response_latency_ms_bucket';

/** Names with dots, under `other`. */
export function dottedQuery(matchers: readonly string[]): string {
  return union(
    DOTTED_NAMES.map(([label, from]) =>
      tagged(
        'other',
        from,
        `count(${series(RESPONSES, [matcher(from, '!=', ''), matcher(label, '=', ''), ...matchers])})`,
      ),
    ),
  );
}

const NAMED_PODS = 4;

/** For `label`, which some series keep under `from`: on how many it is not so (`plain`), and whose they are (`pushed`). */
export function aliasQuery(
  aliases: readonly { readonly label: string; readonly from: string }[],
  matchers: readonly string[],
): string {
  return union(
    aliases.flatMap(({ label, from }) => {
      const family = familyOf(label);
      const pods = countBy(['namespace', 'pod'], series(family, [matcher(from, '!=', ''), ...matchers]));
      const plain = series(family, [matcher(from, '=', ''), matcher(label, '!=', ''), ...matchers]);
      return [
        tagged('plain', from, `count(${plain})`),
        tagged('pods', from, `count(${pods})`),
        tagged('pushed', from, `topk(${NAMED_PODS}, ${pods})`),
      ];
    }),
  );
}

function familyOf(label: string): string {
  return PROXY_LABELS.find(([name]) => name === label)?.[1] ?? RESPONSES;
}
