// Which pods a tap request means, and what tap says when it can tap none of them. The wording is that of the API.

import type { Cluster, Pod } from '../cluster.ts';
import type { Resource } from './tap-request.ts';

/** The message of an answer that is no stream. */
export class TapRefusal extends Error {}

const GROUP_OF: Record<string, string> = {
  deployment: 'deployment.apps',
  statefulset: 'statefulset.apps',
  daemonset: 'daemonset.apps',
  replicaset: 'replicaset.apps',
  job: 'job.batch',
  cronjob: 'cronjob.batch',
  pod: 'pod',
  service: 'service',
  replicationcontroller: 'replicationcontroller',
};

export const TAP_TYPES = Object.keys(GROUP_OF);

/** Pods that were there before the tap extension: their proxies never heard of it. */
function isTapEnabled({ workload }: Pod): boolean {
  return workload.infrastructure === undefined;
}

function meant(cluster: Cluster, { namespace, type, name }: Resource): readonly Pod[] | null {
  if (type === 'namespace') {
    const pods = cluster.pods.filter((pod) => pod.namespace === name);
    return pods.length > 0 ? pods : null;
  }
  const pods = cluster.pods.filter((pod) => pod.namespace === namespace);
  if (type === 'pod') {
    const found = name ? pods.filter((pod) => pod.name === name) : pods;
    return found.length > 0 ? found : null;
  }
  if (type === 'service') return cluster.services.get(`${namespace}/${name}`)?.pods ?? null;
  const found = pods.filter(({ workload }) => workload.kind === type && (!name || workload.name === name));
  return found.length > 0 || !name ? found : null;
}

export function tapTargets(cluster: Cluster, resource: Resource): readonly Pod[] {
  const { type, name } = resource;
  if (type !== 'namespace' && !TAP_TYPES.includes(type))
    throw new TapRefusal(`unimplemented resource type: ${type}`);
  const pods = meant(cluster, resource);
  if (!pods) throw new TapRefusal(`${GROUP_OF[type] ?? type} "${name}" not found`);
  const meshed = pods.filter((pod) => pod.meshed);
  const enabled = meshed.filter(isTapEnabled);
  if (enabled.length > 0) return enabled;
  const lines = [`no pods to tap for type="${type}" name="${name}"`];
  if (meshed.length > 0)
    lines.push(
      `${meshed.length} pods found with tap not enabled:`,
      ...meshed.map((pod) => `\t* ${pod.name}`),
      'restart these pods to enable tap and make them valid tap targets',
    );
  throw new TapRefusal(`${lines.join('\n')}\n`);
}
