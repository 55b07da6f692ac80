// Where Linkerd and its viz extension live: found by label, never by name.

import type { Labels, PodObject } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { controlPlaneOf, proxyVersion } from './proxy.ts';

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

const EXTENSION = 'linkerd.io/extension';

export function findViz({ objects }: KubernetesState): string | null {
  const found = [...objects.namespaces, ...objects.pods].find(
    ({ meta }) => meta.labels[EXTENSION] === 'viz',
  )?.meta;
  return found ? found.namespace || found.name : null;
}

/** Namespaces of Linkerd itself: labelled so, or with pods that are. Other extensions carry traffic of users. */
export function infrastructureNamespaces({ objects }: KubernetesState): Set<string> {
  const isOwn = ({ labels }: { labels: Labels }): boolean =>
    labels['linkerd.io/is-control-plane'] === 'true' ||
    labels[COMPONENT] !== undefined ||
    labels[EXTENSION] === 'viz';
  return new Set(
    [...objects.namespaces, ...objects.pods]
      .filter(({ meta }) => isOwn(meta))
      .map(({ meta }) => meta.namespace || meta.name),
  );
}
