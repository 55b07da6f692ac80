// What a reader of the Kubernetes API has to find: pods by workload and namespace, and why some have no proxy.

import { type Cluster, idOf, type Pod } from './cluster.ts';
import { INJECTION_AGE_DAYS } from './kubernetes/objects/timeline.ts';
import type { StillPod, Workload } from './scenario/scenario.ts';

interface MeshedCount {
  readonly meshed: number;
  /** Running and pending ones. */
  readonly running: number;
  readonly failed: number;
}

export interface InventoryState {
  readonly namespaces: readonly (MeshedCount & { readonly name: string })[];
  readonly workloads: readonly (MeshedCount & {
    readonly id: string;
    /** Pods without a proxy, and why. */
    readonly unmeshed: Readonly<Record<string, string>>;
  })[];
}

function isUp({ phase }: StillPod): boolean {
  return phase === 'Pending';
}

function countOf(cluster: Cluster, workload: Workload): MeshedCount {
  const pods = cluster.podsOf.get(idOf(workload)) ?? [];
  const still = workload.stillPods ?? [];
  const pending = still.filter(isUp).length;
  return {
    // The injector has seen the pods that wait.
    meshed: pods.filter(({ meshed }) => meshed).length + pending,
    running: pods.length + pending,
    failed: still.filter(({ phase }) => phase === 'Failed').length,
  };
}

function whyUnmeshed({ workload, namespace, ageDays }: Pod, cluster: Cluster): string {
  if (workload.template?.hostNetwork) return 'host-network';
  if (workload.template?.injection === 'disabled') return 'opted-out';
  const { injection } = cluster.scenario.namespaces.find(({ name }) => name === namespace) ?? {};
  if (injection !== 'enabled') return 'not-asked';
  return (ageDays ?? 0) > INJECTION_AGE_DAYS ? 'started-before' : 'injector-missed';
}

export function toInventoryState(cluster: Cluster): InventoryState {
  const { namespaces, workloads } = cluster.scenario;
  const counted = workloads.map((workload) => ({ workload, count: countOf(cluster, workload) }));
  return {
    namespaces: namespaces.map(({ name }) => ({
      name,
      ...counted
        .filter(({ workload }) => workload.namespace === name)
        .reduce((sum, { count }) => added(sum, count), { meshed: 0, running: 0, failed: 0 }),
    })),
    workloads: counted.map(({ workload, count }) => ({
      id: idOf(workload),
      ...count,
      unmeshed: Object.fromEntries(
        (cluster.podsOf.get(idOf(workload)) ?? [])
          .filter(({ meshed }) => !meshed)
          .map((pod) => [pod.name, whyUnmeshed(pod, cluster)]),
      ),
    })),
  };
}

function added(a: MeshedCount, b: MeshedCount): MeshedCount {
  return { meshed: a.meshed + b.meshed, running: a.running + b.running, failed: a.failed + b.failed };
}
