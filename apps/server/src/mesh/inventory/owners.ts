// Pod → workload: up the chain of owners, as Linkerd goes, so that ids are those of the metrics; and beyond, where Linkerd does
// not know the kind: a ReplicaSet of a Rollout is a revision, and the pods of an operator's own kind are one workload.

import { workloadId } from '@latchwork/shared/node-id';
import { isWorkloadKind, type WorkloadKind } from '@latchwork/shared/workload-kind';
import type { ObjectMeta, PodObject, WorkloadObject } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { ownerOfRevision } from '../flows/peer.ts';

export interface WorkloadRef {
  readonly id: string;
  readonly namespace: string;
  readonly kind: WorkloadKind;
  readonly name: string;
}

const KIND_OF_OWNER: Readonly<Record<string, WorkloadKind>> = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  ReplicaSet: 'replicaset',
  ReplicationController: 'replicationcontroller',
  Job: 'job',
  CronJob: 'cronjob',
};

/** A static pod belongs to its node. */
const NO_WORKLOADS = ['Node'];

export interface Owners {
  workloadOf(pod: PodObject): WorkloadRef;
  /**
   * What a ReplicaSet or a Job really belongs to; itself when it belongs to nobody known. Any other workload is one, whatever
   * operator made it.
   */
  topOf(kind: WorkloadKind, meta: ObjectMeta): WorkloadRef;
}

export function createOwners({ objects }: KubernetesState): Owners {
  const between = new Map<string, WorkloadObject>(
    [...objects.replicasets, ...objects.jobs].map((object) => [object.meta.uid, object]),
  );

  function ownerRef({ namespace, owner }: ObjectMeta): WorkloadRef | null {
    if (owner === null) return null;
    if (NO_WORKLOADS.includes(owner.kind)) return null;
    const kind = KIND_OF_OWNER[owner.kind] ?? owner.kind.toLowerCase();
    if (!isWorkloadKind(kind)) return null;
    const step = between.get(owner.uid);
    return (step ? ownerRef(step.meta) : null) ?? workloadRef(namespace, kind, owner.name);
  }

  return {
    workloadOf({ meta }) {
      const known = meta.owner !== null && between.has(meta.owner.uid);
      return (
        (known ? null : guessedRef(meta)) ?? ownerRef(meta) ?? workloadRef(meta.namespace, 'pod', meta.name)
      );
    },
    topOf: (kind, meta) =>
      (isBetween(kind) ? ownerRef(meta) : null) ?? workloadRef(meta.namespace, kind, meta.name),
  };
}

/** Where ReplicaSets and Jobs may not be seen, the labels of the pod tell as much: the injector's, or the Deployment's hash. */
function guessedRef({ labels, namespace, owner }: ObjectMeta): WorkloadRef | null {
  if (owner === null || (owner.kind !== 'ReplicaSet' && owner.kind !== 'Job')) return null;
  for (const kind of Object.values(KIND_OF_OWNER)) {
    const name = labels[`linkerd.io/proxy-${kind}`];
    if (name) return workloadRef(namespace, kind, name);
  }
  const suffix = `-${labels['pod-template-hash']}`;
  return owner.name.endsWith(suffix)
    ? workloadRef(namespace, 'deployment', owner.name.slice(0, -suffix.length))
    : null;
}

function isBetween(kind: WorkloadKind): boolean {
  return kind === 'replicaset' || kind === 'job';
}

function workloadRef(namespace: string, ownKind: WorkloadKind, ownName: string): WorkloadRef {
  // Of the others Kubernetes itself tells the owner.
  const [kind, name] = (isBetween(ownKind) ? null : ownerOfRevision(ownKind, ownName)) ?? [ownKind, ownName];
  return { id: workloadId(namespace, kind, name), namespace, kind, name };
}
