// Pods and Services by their names, and whether an endpoint is one of the pods that are here. Pure.

import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { networkOf } from './network.ts';

export function podKey(namespace: string | undefined, pod: string | undefined): string {
  return `${namespace ?? ''}/${pod ?? ''}`;
}

export function serviceKey(namespace: string | undefined, service: string | undefined): string {
  return `${namespace ?? ''}/${service ?? ''}`;
}

/** The Service behind which an endpoint was called. */
export function calledService({ dst_namespace, dst_service }: Labels): string {
  return serviceKey(dst_namespace, dst_service);
}

/** Whether an endpoint is one of these pods: by its name, and by its network where several clusters have pods of one name. */
export function createIsHere(pods: readonly Sample[]): (endpoint: Labels) => boolean {
  const networks = new Map<string, Set<string>>();
  for (const { labels } of pods) {
    const key = podKey(labels['namespace'], labels['pod']);
    networks.set(key, (networks.get(key) ?? new Set()).add(networkOf(labels['instance'] ?? '')));
  }
  return ({ dst_namespace, dst_pod, target_addr }) => {
    const known = networks.get(podKey(dst_namespace, dst_pod));
    // A name with a random end is that of one pod, at whatever address it is scraped.
    if (known !== undefined && !isNumbered(dst_pod ?? '')) return true;
    const network = networkOf(target_addr ?? '');
    // A pod with addresses of both versions is scraped at one of them.
    return known !== undefined && ![...known].every((one) => areApart(one, network));
  };
}

/** As StatefulSets call theirs, in every cluster alike. */
function isNumbered(pod: string): boolean {
  return /-\d+$/.test(pod);
}

function areApart(one: string, other: string): boolean {
  return one !== other && one !== '' && other !== '' && one.includes(':') === other.includes(':');
}
