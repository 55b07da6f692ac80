// Where Linkerd and its viz extension live: found by label, never by name.

import type { PodObject } from '../sources/kubernetes/objects.ts';
import type { KubernetesState } from '../sources/kubernetes/state.ts';
import { controlPlaneOf, proxyVersion } from './inventory-proxy.ts';

export interface ControlPlane {
  readonly namespace: string;
  readonly version: string | null;
}

const COMPONENT = 'linkerd.io/control-plane-component';

export function findControlPlane({ objects }: KubernetesState): ControlPlane | null {
  const components = objects.pods.filter(
    ({ meta }) => meta.labels[COMPONENT] !== undefined && !meta.deleting,
  );
  const candidates = new Set([
    ...objects.namespaces
      .filter(({ meta }) => meta.labels['linkerd.io/is-control-plane'] === 'true')
      .map(({ meta }) => meta.name),
    ...components.map(({ meta }) => meta.namespace),
  ]);
  const namespace = largest([...candidates].sort(), objects.pods);
  if (namespace === null) return null;
  const destination = components.find(
    ({ meta }) => meta.namespace === namespace && meta.labels[COMPONENT] === 'destination',
  );
  return { namespace, version: destination ? proxyVersion(destination) : null };
}

/** Of several control planes, the one with the most pods. */
function largest(names: readonly string[], pods: readonly PodObject[]): string | null {
  let best: string | null = null;
  let most = -1;
  for (const name of names) {
    const count = pods.filter((pod) => controlPlaneOf(pod) === name).length;
    if (count <= most) continue;
    best = name;
    most = count;
  }
  return best;
}

export function findViz({ objects }: KubernetesState): string | null {
  return (
    objects.namespaces.find(({ meta }) => meta.labels['linkerd.io/extension'] === 'viz')?.meta.name ?? null
  );
}

/** Namespaces of Linkerd and its extensions. */
export function isInfrastructure(labels: Readonly<Record<string, string>>): boolean {
  return labels['linkerd.io/is-control-plane'] === 'true' || labels['linkerd.io/extension'] !== undefined;
}
