// Services that reach into other clusters, as the service mirror marks them. Pure.
// https://linkerd.io/2/tasks/federated-services/

import type { ObjectMeta } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { serviceKey } from '../store/pod-places.ts';

const DISCOVERY = 'multicluster.linkerd.io/remote-discovery';
const GATEWAY_MIRROR = 'mirror.linkerd.io/cluster-name';

/** `namespace/name` of a Service → names of clusters. */
export function toRemoteClusters({ objects }: Pick<KubernetesState, 'objects'>): Map<string, string[]> {
  return new Map(
    objects.services.flatMap(({ meta }) => {
      const clusters = clustersOf(meta);
      return clusters.length > 0 ? [[serviceKey(meta.namespace, meta.name), clusters] as const] : [];
    }),
  );
}

/** A mirrored Service has one, in a label; a federated one `service@cluster,service@cluster` in an annotation. */
function clustersOf({ labels, annotations }: ObjectMeta): string[] {
  const mirrored = labels[DISCOVERY] || labels[GATEWAY_MIRROR];
  if (mirrored) return [mirrored];
  return (annotations[DISCOVERY] ?? '')
    .split(',')
    .flatMap((member) => /@([^@/\s]+)\s*$/.exec(member)?.[1] ?? []);
}
