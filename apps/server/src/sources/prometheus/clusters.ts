// Whether a store holds several clusters, and which: questions about the labels of its proxies. Text only.

import { OWN_OWNER_LABELS } from './owner-labels.ts';
import { countBy, matcher, series, tagged, union } from './promql.ts';

/** Always there; the other one where a store keeps no versions. */
export const PROXY_FAMILIES = ['proxy_build_info', 'response_total'] as const;
export type ProxyFamily = (typeof PROXY_FAMILIES)[number];

const WORKLOAD = ['namespace', ...OWN_OWNER_LABELS.map(([label]) => label)];
const POD = ['namespace', 'pod', 'instance'];

/** A few series of each namespace with all their labels. */
export function someProxiesQuery(family: ProxyFamily, matchers: readonly string[]): string {
  return `topk by (namespace) (3, ${series(family, matchers)})`;
}

/**
 * For each of `labels`, under the label's name: its `values`; the `places` of workloads under it, and the `pods` under it. And
 * of all, under no name: `workloads` and `pods`.
 */
export function repeatsQuery(
  family: ProxyFamily,
  labels: readonly string[],
  matchers: readonly string[],
): string {
  const proxies = series(family, matchers);
  const counted = (by: readonly string[]) => `count(${countBy(by, proxies)})`;
  return union([
    tagged('fact', 'workloads', counted(WORKLOAD)),
    tagged('fact', 'pods', counted(POD)),
    ...labels.flatMap((label) => [
      tagged('values', label, counted([label])),
      tagged('places', label, counted([label, ...WORKLOAD])),
      tagged('copies', label, counted([label, ...POD])),
    ]),
  ]);
}

/** The values of `label` among the proxies; `pods`: only of these. */
export function clustersQuery(
  family: ProxyFamily,
  label: string,
  matchers: readonly string[],
  pods: readonly string[] = [],
): string {
  const which =
    pods.length === 0 ? [] : [matcher('pod', '=~', pods.map((pod) => pod.replaceAll('.', '[.]')).join('|'))];
  return countBy([label], series(family, [...which, ...matchers]));
}
