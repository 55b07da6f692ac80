// Whether what stands under the values of a label are clusters, by who calls whom: pods of one cluster call one another whatever
// their labels, those of two do not. Pure.

import type { PlaceNames } from '../../sources/prometheus/questions/clusters.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { podKey } from './pod-places.ts';

export interface ClusterCalls {
  /** Called pods by the value that they and their callers stand under. */
  readonly within: ReadonlyMap<string, number>;
  /** Called pods by a value that they stand under and a caller does not, or the other way round. */
  readonly across: ReadonlyMap<string, number>;
}

/** Some calls lead into other clusters, behind Services that reach there. */
const MOST_ACROSS = 0.5;

/** `called`: pods by the value that callers stand under; `pods`: by the value that they stand under themselves. */
export function toClusterCalls(
  label: string,
  { namespace, pod }: PlaceNames,
  { called, pods }: { readonly called: readonly Sample[]; readonly pods: readonly Sample[] },
): ClusterCalls {
  const within = new Map<string, number>();
  const across = new Map<string, number>();
  const valuesOf = new Map<string, Set<string>>();
  const first = (labels: Labels, names: readonly string[]) => names.map((name) => labels[name]).find(Boolean);
  for (const { labels } of pods) {
    // The proxy's own words stand last among the names.
    const key = podKey(first(labels, namespace.toReversed()), first(labels, pod.toReversed()));
    valuesOf.set(key, (valuesOf.get(key) ?? new Set()).add(labels[label] ?? ''));
  }
  const add = (to: Map<string, number>, value: string) => to.set(value, (to.get(value) ?? 0) + 1);
  for (const { labels } of called) {
    const caller = labels[label] ?? '';
    const values = valuesOf.get(podKey(labels['dst_namespace'], labels['dst_pod']));
    if (values === undefined) continue;
    if (values.has(caller)) add(within, caller);
    else for (const value of [caller, ...values]) add(across, value);
  }
  return { within, across };
}

/** Null where nobody calls a pod that is known. */
export function areApart({ within, across }: ClusterCalls): boolean | null {
  if (within.size === 0 && across.size === 0) return null;
  return [...across].every(([value, count]) => count < MOST_ACROSS * (within.get(value) ?? 0));
}

/** Calls within several, and none across. */
export function areSurelyApart({ within, across }: ClusterCalls): boolean {
  return within.size > 1 && across.size === 0;
}
