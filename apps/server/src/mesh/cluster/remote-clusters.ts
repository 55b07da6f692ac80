// Services that reach into other clusters, as the service mirror marks them. Pure.
// https://linkerd.io/2/tasks/federated-services/

import type { ObjectMeta } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import type { MirroredService } from '../store/elsewhere.ts';
import { serviceKey } from '../store/pod-places.ts';

const DISCOVERY = 'multicluster.linkerd.io/remote-discovery';
const GATEWAY_MIRROR = 'mirror.linkerd.io/cluster-name';
const MIRRORED = 'mirror.linkerd.io/mirrored-service';
const FAR_NAME = 'mirror.linkerd.io/remote-svc-fq-name';

/** `namespace/name` of a Service → names of clusters. */
export function toRemoteClusters({ objects }: Pick<KubernetesState, 'objects'>): Map<string, string[]> {
  return new Map(
    objects.services.flatMap(({ meta }) => {
      const clusters = clustersOf(meta);
      return clusters.length > 0 ? [[serviceKey(meta.namespace, meta.name), clusters] as const] : [];
    }),
  );
}

/** Of Services that lead to the gateway of another cluster; on a flat network they lead to its pods. */
export function toMirroredServices({
  objects,
}: Pick<KubernetesState, 'objects'>): Map<string, MirroredService> {
  return new Map(
    objects.services.flatMap(({ meta }) => {
      const cluster = meta.labels[GATEWAY_MIRROR];
      if (!cluster || meta.labels[DISCOVERY] || meta.labels[MIRRORED] !== 'true') return [];
      const [, service, namespace] = /^([^.]+)\.([^.]+)\./.exec(meta.annotations[FAR_NAME] ?? '') ?? [];
      const there = {
        cluster,
        namespace: namespace ?? meta.namespace,
        service: service ?? withoutEnd(meta.name, `-${cluster}`),
      };
      return [[serviceKey(meta.namespace, meta.name), there] as const];
    }),
  );
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}

/** A mirrored Service has one, in a label; a federated one `service@cluster,service@cluster` in an annotation. */
function clustersOf({ labels, annotations }: ObjectMeta): string[] {
  const mirrored = labels[DISCOVERY] || labels[GATEWAY_MIRROR];
  if (mirrored) return [mirrored];
  return (annotations[DISCOVERY] ?? '')
    .split(',')
    .flatMap((member) => /@([^@/\s]+)\s*$/.exec(member)?.[1] ?? []);
}
