// Which pods are called behind Services, and which pods are here: what both are compared for is not known here. Text only.

import { NOT_LOOPBACK, OUTBOUND, TO_ENDPOINT } from './outbound.ts';
import { DST_OWNER_LABELS, ENDPOINT_LABELS, OWN_OWNER_LABELS } from './owners/owner-labels.ts';
import { countBy, duration, matcher, series, union } from './promql.ts';

const CALLED = [
  'dst_namespace',
  ...DST_OWNER_LABELS.map(([label]) => label),
  'dst_service',
  'dst_control_plane_ns',
  ...ENDPOINT_LABELS,
];

/** Of what goes through the gateway of another cluster: behind it there are no pods that callers know. */
const THROUGH_GATEWAY = [
  'dst_namespace',
  'dst_service',
  'dst_target_cluster',
  'dst_target_service',
  'dst_target_service_namespace',
];

/** Endpoints that somebody calls behind a Service, over HTTP or not; and Services that are called through a gateway. */
export function calledPodsQuery(matchers: readonly string[]): string {
  const [called, gateways] = ['dst_pod', 'dst_target_cluster'].map((label) => [
    matcher(label, '!=', ''),
    matcher('dst_service', '!=', ''),
    ...matchers,
  ]) as [string[], string[]];
  const both = (by: readonly string[], own: readonly string[]) => [
    countBy(by, series('tcp_open_total', [...TO_ENDPOINT, ...own])),
    countBy(by, series('response_total', [OUTBOUND, NOT_LOOPBACK, ...own])),
  ];
  return union([...both(CALLED, called), ...both(THROUGH_GATEWAY, gateways)]);
}

/** Pods that had series in the window, with their owners and where they are scraped. */
export function podsHereQuery(matchers: readonly string[], windowSeconds: number): string {
  const window = duration(windowSeconds);
  const by = ['namespace', ...OWN_OWNER_LABELS.map(([label]) => label), 'pod', 'instance'];
  return union(
    ['proxy_build_info', 'process_start_time_seconds', 'tcp_open_total'].map((family) =>
      countBy(by, `last_over_time(${series(family, [matcher('pod', '!=', ''), ...matchers])}[${window}])`),
    ),
  );
}

/** Pods of the other clusters that the same store holds. */
export function podsOfOthersQuery(
  labels: readonly string[],
  shown: readonly string[],
  matchers: readonly string[],
): string {
  // They differ from it in the first label, or only in the next.
  const others = labels.map((label, i) => {
    const same = labels.slice(0, i).map((name, at) => matcher(name, '=', shown[at] ?? ''));
    const own = [...same, matcher(label, '!=', shown[i] ?? ''), ...matchers];
    return countBy([...labels, 'namespace', 'pod', 'instance'], series('proxy_build_info', own));
  });
  return union(others);
}
