// Finds the Prometheus of Linkerd's viz extension: a URL that its namespace names, else a pod that is ready. By label, never by name.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import { listOf, rawOf } from '../api/raw.ts';
import { keepPod } from '../watch/keep-pod.ts';
import { keepNamespace } from '../watch/keep-workload.ts';
import type { PodObject } from '../watch/objects.ts';
import { type ExternalPrometheus, toExternalPrometheus } from './external-prometheus.ts';

export type VizPrometheus =
  /** `annotated` is the namespace that says so. */
  | { readonly kind: 'external'; readonly external: ExternalPrometheus; readonly annotated: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly pod: string; readonly port: number };

const EXTENSION = 'linkerd.io/extension=viz';
export const EXTERNAL = 'viz.linkerd.io/external-prometheus';

export async function findVizPrometheus(
  client: KubernetesClient,
  signal: AbortSignal,
): Promise<VizPrometheus> {
  const namespaces = await readVizNamespaces(client, signal);
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

async function readVizNamespaces(
  client: KubernetesClient,
  signal: AbortSignal,
): Promise<{ name: string; annotations: Readonly<Record<string, string>> }[]> {
  try {
    const list = await client.json(`/api/v1/namespaces?labelSelector=${encodeURIComponent(EXTENSION)}`, {
      signal,
    });
    const found = listOf(rawOf(list)['items']).map(rawOf).map(keepNamespace);
    if (found.length > 0)
      return found.map(({ meta }) => ({ name: meta.name, annotations: meta.annotations }));
  } catch (error) {
    // Without the right to list namespaces, pods with the label can still be found where the user may look.
    if (!(error instanceof SourceError && error.status === 403)) throw error;
    const list = await client.json(`/api/v1/pods?labelSelector=${encodeURIComponent(EXTENSION)}`, { signal });
    const found = new Set(listOf(rawOf(list)['items']).map((pod) => keepPod(rawOf(pod)).meta.namespace));
    if (found.size > 0) return [...found].map((name) => ({ name, annotations: {} }));
  }
  throw kubernetesError('unreachable', `no namespace has the label ${EXTENSION}: viz is not installed`, {
    remedy:
      'install it (linkerd viz install | kubectl apply -f -), or say where your Prometheus is with --prometheus URL',
  });
}

function portOfPrometheus({ containers }: PodObject): number {
  const ports = containers.find(({ name }) => name === 'prometheus')?.ports ?? [];
  return (ports.find(({ name }) => name.startsWith('admin')) ?? ports[0])?.port ?? 9090;
}

function nameOf({ meta }: PodObject): string {
  return meta.name;
}
