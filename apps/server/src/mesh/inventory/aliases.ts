// Ids that metrics use for what Kubernetes calls by another name: a pod of a CronJob is labelled with its Job.

import { workloadId } from '@latchwork/shared/node-id';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { createOwners } from './owners.ts';

/** Id of a Job or ReplicaSet → id of the CronJob or Deployment that owns it. Others are not in it. */
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
  return aliases;
}
