// Whether a store holds several clusters, and which: questions about the labels of its proxies. Text only.

import { OUTBOUND } from './outbound.ts';
import { countBy, matcher, series, tagged, union } from './promql.ts';

/** Always there; the other one where a store keeps no versions. */
export const PROXY_FAMILIES = ['proxy_build_info', 'response_total'] as const;
export type ProxyFamily = (typeof PROXY_FAMILIES)[number];

/** Names that a store has for the labels that say whose a proxy is. */
export interface PlaceNames {
  readonly namespace: readonly string[];
  readonly owners: readonly string[];
  readonly pod: readonly string[];
}

/** A namespace may stand under any of these. */
const NAMESPACES = ['namespace', 'exported_namespace', 'k8s_namespace_name', 'kubernetes_namespace'];

/** A few series of each namespace with all their labels. */
export function someProxiesQuery(family: ProxyFamily, matchers: readonly string[]): string {
  return `topk by (${NAMESPACES.join(', ')}) (3, ${series(family, matchers)})`;
}

/**
 * For each of `labels`, under the label's name: its `values`; the `places` of workloads under it, and the `pods` under it. And
 * of all, under no name: `workloads` and `pods`. Pods without an owner are no workload that could be there twice.
 */
export function repeatsQuery(
  family: ProxyFamily,
  labels: readonly string[],
  { namespace, owners, pod }: PlaceNames,
  matchers: readonly string[],
): string {
  const proxies = series(family, matchers);
  const bare = series(family, [...owners.map((name) => matcher(name, '=', '')), ...matchers]);
  const workload = [...namespace, ...owners];
  const pods = [...namespace, ...pod, 'instance'];
  const counted = (by: readonly string[]) => `count(${countBy(by, proxies)})`;
  const owned = (by: readonly string[]) => `count(${countBy(by, `${proxies} unless ${bare}`)})`;
  return union([
    tagged('fact', 'workloads', owned(workload)),
    tagged('fact', 'pods', counted(pods)),
    ...labels.flatMap((label) => [
      tagged('values', label, counted([label])),
      tagged('places', label, owned([label, ...workload])),
      tagged('copies', label, counted([label, ...pods])),
    ]),
  ]);
}

/** How many proxies are stored under the names of their own pods. */
export function podsNamedQuery(matchers: readonly string[]): string {
  const own = [matcher('pod', '!=', ''), matcher('exported_pod', '=', '')];
  return `count(${series('proxy_build_info', [...own, ...matchers])})`;
}

/** Called pods by the value of `label` that their callers stand under; what reaches into other clusters says nothing. */
export function calledUnderQuery(label: string, matchers: readonly string[]): string {
  const which = [matcher('dst_pod', '!=', ''), matcher('dst_service', '!~', '.+-federated')];
  return countBy(
    [label, 'dst_namespace', 'dst_pod'],
    series('response_total', [OUTBOUND, ...which, ...matchers]),
  );
}

/** Pods by the value of `label` that they stand under. */
export function podsUnderQuery(
  family: ProxyFamily,
  label: string,
  { namespace, pod }: PlaceNames,
  matchers: readonly string[],
): string {
  return countBy([label, ...namespace, ...pod], series(family, matchers));
}

/** The values of `labels` among the proxies; `pods`: only of these. */
export function clustersQuery(
  family: ProxyFamily,
  labels: readonly string[],
  matchers: readonly string[],
  pods: readonly string[] = [],
): string {
  const which =
    pods.length === 0 ? [] : [matcher('pod', '=~', pods.map((pod) => pod.replaceAll('.', '[.]')).join('|'))];
  return countBy(labels, series(family, [...which, ...matchers]));
}
