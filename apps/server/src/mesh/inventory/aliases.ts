// Ids that metrics use for what Kubernetes calls by another name: a pod of a CronJob is labelled with its Job, a pod of an
// operator's own kind with itself alone.

import { workloadId } from '@latchwork/shared/node-id';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { OWN_OWNER_LABELS } from '../../sources/prometheus/questions/owners/owner-labels.ts';
import { createOwners } from './owners.ts';

const METRICS_KNOW: readonly string[] = OWN_OWNER_LABELS.map(([, kind]) => kind);

/** Id of a Job, ReplicaSet or pod → id of what owns it, where metrics do not say so. Others are not in it. */
export function toAliases(state: KubernetesState): Map<string, string> {
  const owners = createOwners(state);
  const aliases = new Map<string, string>();
  for (const [kind, objects] of [
    ['job', state.objects.jobs],
    ['replicaset', state.objects.replicasets],
  ] as const)
    for (const { meta } of objects) {
      const id = workloadId(meta.namespace, kind, meta.name);
      const top = owners.topOf(kind, meta).id;
      if (top !== id) aliases.set(id, top);
    }
  for (const pod of state.objects.pods) {
    const { id, kind } = owners.workloadOf(pod);
    if (kind !== 'pod' && !METRICS_KNOW.includes(kind))
      aliases.set(workloadId(pod.meta.namespace, 'pod', pod.meta.name), id);
  }
  return aliases;
}
