// Finds the Prometheus of Linkerd's viz extension: a URL that its namespace names, else a pod that is ready. By label, never by name.

import type { KubernetesClient } from '../api/client.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { listOf, rawOf } from '../api/raw.ts';
import { keepPod } from '../watch/keep-pod.ts';
import type { PodObject } from '../watch/objects.ts';
import { type ExternalPrometheus, toExternalPrometheus } from './external-prometheus.ts';
import { readVizNamespaces } from './viz-namespaces.ts';

export type VizPrometheus =
  /** `annotated` is the namespace that says so. */
  | { readonly kind: 'external'; readonly external: ExternalPrometheus; readonly annotated: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly pod: string; readonly port: number };

export const EXTERNAL = 'viz.linkerd.io/external-prometheus';

/** `likely`: namespaces in which there may be rights that there are not in the whole cluster. */
export async function findVizPrometheus(
  client: KubernetesClient,
  signal: AbortSignal,
  likely: readonly string[] = [],
): Promise<VizPrometheus> {
  const namespaces = await readVizNamespaces(client, likely, signal);
  for (const { name, annotations } of namespaces) {
    const written = annotations[EXTERNAL]?.trim();
    if (!written) continue;
    const external = toExternalPrometheus(written, name);
    if (external) return { kind: 'external', external, annotated: name };
    throw kubernetesError('unreachable', `the annotation ${EXTERNAL} of namespace ${name} is no address`, {
      remedy: 'correct it, or say where Prometheus is with --prometheus URL',
    });
  }
  const pods: PodObject[] = [];
  for (const { name } of namespaces) {
    const path = `/api/v1/namespaces/${encodeURIComponent(name)}/pods?labelSelector=${encodeURIComponent('component=prometheus')}`;
    const list = await client.json(path, { signal });
    pods.push(...listOf(rawOf(list)['items']).map(rawOf).map(keepPod));
  }
  const where = namespaces.map(({ name }) => name).join(', ');
  if (pods.length === 0)
    throw kubernetesError(
      'unreachable',
      `there is no Prometheus (label component=prometheus) in namespace ${where}`,
      {
        remedy: 'say where yours is with --prometheus URL',
      },
    );
  const ready = pods
    .filter((pod) => pod.ready && pod.phase === 'Running' && !pod.meta.deleting)
    .sort((a, b) => (a.meta.createdAt < b.meta.createdAt ? 1 : -1));
  const [pod] = ready;
  if (!pod)
    throw kubernetesError(
      'unreachable',
      `no Prometheus pod in namespace ${where} is ready: ${pods.map(nameOf).join(', ')}`,
      {
        remedy: `look at it with kubectl -n ${namespaces[0]?.name} get pods; it is asked again`,
      },
    );
  return { kind: 'pod', namespace: pod.meta.namespace, pod: pod.meta.name, port: portOfPrometheus(pod) };
}

function portOfPrometheus({ containers }: PodObject): number {
  const ports = containers.find(({ name }) => name === 'prometheus')?.ports ?? [];
  return (ports.find(({ name }) => name.startsWith('admin')) ?? ports[0])?.port ?? 9090;
}

function nameOf({ meta }: PodObject): string {
  return meta.name;
}
