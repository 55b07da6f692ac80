// Which pods a tap request means, and what tap says when it can tap none of them. The wording is that of the API.

import type { Cluster, Pod } from '../cluster.ts';
import { podLabels } from '../pod-labels.ts';
import { BadSelector, parseSelector } from '../selector.ts';
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

const DISABLE = 'viz.linkerd.io/disable-tap';
const REMOVE = 'remove this annotation to make these pods valid tap targets';
const RESTART = 'restart these pods to enable tap and make them valid tap targets';

export const TAP_TYPES = Object.keys(GROUP_OF);

/** Pods that were there before the tap extension: their proxies never heard of it. */
function isTapEnabled({ workload }: Pod): boolean {
  return workload.infrastructure === undefined;
}

function isTapDisabled({ workload }: Pod): boolean {
  return workload.template?.annotations?.[DISABLE] === 'true';
}

/** Null: there is no such thing. */
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
  const isThere = cluster.scenario.workloads.some(
    (one) => one.namespace === namespace && one.kind === type && one.name === name,
  );
  if (name && !isThere) return null;
  return pods.filter(({ workload }) => workload.kind === type && (!name || workload.name === name));
}

function selected(cluster: Cluster, pods: readonly Pod[], labelSelector: string): readonly Pod[] {
  try {
    const isSelected = parseSelector(labelSelector);
    return pods.filter((pod) => isSelected(podLabels(pod, cluster.scenario.name)));
  } catch (error) {
    if (error instanceof BadSelector)
      throw new TapRefusal(`invalid label selector "${labelSelector}": ${error.message}`);
    throw error;
  }
}

export function tapTargets(cluster: Cluster, resource: Resource, labelSelector = ''): readonly Pod[] {
  const { type, name } = resource;
  if (type !== 'namespace' && !TAP_TYPES.includes(type))
    throw new TapRefusal(`unimplemented resource type: ${type}`);
  const pods = meant(cluster, resource);
  if (!pods) throw new TapRefusal(`${GROUP_OF[type] ?? type} "${name}" not found`);
  const meshed = selected(cluster, pods, labelSelector).filter((pod) => pod.meshed);
  const tappable = meshed.filter((pod) => isTapEnabled(pod) && !isTapDisabled(pod));
  if (tappable.length > 0) return tappable;
  const disabled = meshed.filter(isTapDisabled);
  const unaware = meshed.filter((pod) => !isTapDisabled(pod));
  const lines = [
    `no pods to tap for type="${type}" name="${name}"`,
    ...refused(disabled, `tap disabled via the ${DISABLE} annotation`, REMOVE),
    ...refused(unaware, 'tap not enabled', RESTART),
  ];
  throw new TapRefusal(`${lines.join('\n')}\n`);
}

function refused(pods: readonly Pod[], why: string, remedy: string): string[] {
  if (pods.length === 0) return [];
  return [`${pods.length} pods found with ${why}:`, ...pods.map((pod) => `\t* ${pod.name}`), remedy];
}
