// The two ends of a tapped request, named as the graph names its nodes. Pure: labels and addresses in, names out.

import { externalId, serviceId, unmeshedId, workloadId } from '@latchwork/shared/node-id';
import type { TapPeer, TapRequest } from '@latchwork/shared/tap/tap-event';
import type { TopPeer } from '@latchwork/shared/tap/top';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';

/** Tap's labels for an owner, the outermost owner first; a pod without one has only `pod`. */
const OWNER_LABELS: readonly (readonly [label: string, kind: WorkloadKind])[] = [
  ['deployment', 'deployment'],
  ['statefulset', 'statefulset'],
  ['daemonset', 'daemonset'],
  ['cronjob', 'cronjob'],
  ['k8s_job', 'job'],
  ['job', 'job'],
  ['replicaset', 'replicaset'],
  ['replicationcontroller', 'replicationcontroller'],
  ['external_workload', 'externalworkload'],
  ['pod', 'pod'],
];

type TappedEnds = Pick<TapRequest, 'direction' | 'source' | 'destination' | 'authority'>;

export function sourceOf(request: TappedEnds): TopPeer {
  const { source } = request;
  const workload = workloadOf(source.labels);
  if (workload && (request.direction === 'outbound' || isMeshed(source.labels))) return workload;
  // The graph has one node for all unmeshed callers of a target; tap often knows which of them it was.
  const target = workloadOf(request.destination.labels);
  return {
    id: target?.id ? unmeshedId(target.id) : null,
    label: workload?.label ?? source.labels.node ?? hostOf(source.address),
    namespace: workload?.namespace ?? null,
  };
}

export function targetOf({ destination, authority }: TappedEnds): TopPeer {
  const workload = workloadOf(destination.labels);
  if (workload) return workload;
  const { namespace, service } = destination.labels;
  if (namespace && service) return { id: serviceId(namespace, service), label: service, namespace };
  const { address } = destination;
  const host = authority === '' || hostOf(authority) === hostOf(address) ? {} : { host: authority };
  return { id: externalId(address), label: address, namespace: null, ...host };
}

/** `namespace/pod`, or null for what is no pod. */
export function podOf({ labels }: TapPeer): string | null {
  return labels.namespace && labels.pod ? `${labels.namespace}/${labels.pod}` : null;
}

function workloadOf(labels: Readonly<Record<string, string>>): (TopPeer & { readonly id: string }) | null {
  const { namespace } = labels;
  if (!namespace) return null;
  for (const [label, kind] of OWNER_LABELS) {
    const name = labels[label];
    if (name) return { id: workloadId(namespace, kind, name), label: name, namespace };
  }
  return null;
}

function isMeshed(labels: Readonly<Record<string, string>>): boolean {
  return Boolean(labels.control_plane_ns || labels.client_id);
}

function hostOf(address: string): string {
  return address.replace(/:\d+$/, '');
}
