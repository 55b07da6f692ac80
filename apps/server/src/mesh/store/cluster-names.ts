// What the clusters of one store are called: by the value of the label that tells them apart, or by those of two. Pure.

import { matcher } from '../../sources/prometheus/questions/promql.ts';
import type { Labels } from '../../sources/prometheus/sample.ts';

/** The name of the cluster whose series lack the label. */
export const UNNAMED_CLUSTER = '(none)';
const BETWEEN = ' / ';

/** Of the cluster that a series is of. */
export function clusterName(names: readonly string[], labels: Labels): string {
  return names.map((name) => labels[name] || UNNAMED_CLUSTER).join(BETWEEN);
}

/** The values of the labels, empty where there is none. */
export function clusterValues(names: readonly string[], cluster: string): string[] {
  const values = names.length === 1 ? [cluster] : cluster.split(BETWEEN);
  return names.map((_, i) => (values[i] === UNNAMED_CLUSTER ? '' : (values[i] ?? '')));
}

/** What finds the series of a cluster alone. */
export function clusterMatchers(names: readonly string[], cluster: string): string[] {
  const values = clusterValues(names, cluster);
  return names.map((name, i) => matcher(name, '=', values[i] ?? ''));
}
