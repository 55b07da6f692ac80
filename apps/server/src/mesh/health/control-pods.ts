// The pods of the control plane, by component, and whether one is ready as `linkerd check` means it.

import type { PodObject } from '../../sources/kubernetes/watch/objects.ts';
import { commandLines } from '../findings/kubectl.ts';
import { proxyContainer } from '../inventory/proxy.ts';

export const COMPONENTS = ['destination', 'identity', 'proxy-injector'] as const;
const COMPONENT = 'linkerd.io/control-plane-component';

/** Those that are on their way out, or were put away, are no longer asked for. */
const OVER = new Set(['Completed', 'NodeShutdown', 'Shutdown', 'Terminated', 'Evicted']);

export function isOver({ phase, reason, meta }: PodObject): boolean {
  return meta.deleting || phase === 'Succeeded' || (reason !== null && OVER.has(reason));
}

export function controlPods(pods: readonly PodObject[], home: string): Map<string, PodObject[]> {
  return Map.groupBy(
    pods.filter((pod) => pod.meta.namespace === home && pod.meta.labels[COMPONENT] && !isOver(pod)),
    ({ meta }) => meta.labels[COMPONENT] ?? '',
  );
}

/** Every container that goes on running is ready. */
export function isPodReady({ phase, containers }: PodObject): boolean {
  const lasting = containers.filter(({ isInit, isSidecar }) => !isInit || isSidecar);
  return phase === 'Running' && lasting.length > 0 && lasting.every(({ status }) => status.ready);
}

/** Whether its proxy is there and ready; the reason otherwise. */
export function proxyTrouble(pod: PodObject): string | null {
  const proxy = proxyContainer(pod);
  const name = `${pod.meta.namespace}/${pod.meta.name}`;
  if (proxy === null) return `${name} has no proxy`;
  if (pod.phase !== 'Running') return `${name} is ${pod.phase}${pod.reason ? ` (${pod.reason})` : ''}`;
  return proxy.status.ready ? null : `the proxy of ${name} is not ready`;
}

/** What Kubernetes says of some pods: their containers and events. */
export function describePods(pods: readonly PodObject[]): string | null {
  return commandLines(pods.map(({ meta }) => `kubectl -n ${meta.namespace} describe pod ${meta.name}`));
}
