// Commands for an operator's shell. Names come from the API server or from validated ids (DNS-1123): no quoting is needed.

import type { ObjectMeta } from '../../sources/kubernetes/watch/objects.ts';

const SHORT: Readonly<Record<string, string>> = {
  deployment: 'deploy',
  statefulset: 'sts',
  daemonset: 'ds',
  replicaset: 'rs',
  replicationcontroller: 'rc',
};
const MOST_LINES = 10;
const RESTARTABLE: readonly string[] = ['deployment', 'statefulset', 'daemonset'];

export interface Named {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

type PodMeta = Pick<ObjectMeta, 'namespace' | 'name' | 'labels' | 'owner'>;

/** `deploy/web`, as short as kubectl and linkerd take it. */
export function resourceName({ kind, name }: Named): string {
  return `${SHORT[kind] ?? kind}/${name}`;
}

/** Null for kinds that `rollout restart` does not take: bare pods and jobs are made again by hand. */
export function restartCommand(workload: Named): string | null {
  return RESTARTABLE.includes(workload.kind)
    ? `kubectl -n ${workload.namespace} rollout restart ${resourceName(workload)}`
    : null;
}

/** Restarts what pods belong to, a line for each and ten at most; null where nothing of it can be restarted. */
export function restartAllCommand(workloads: readonly Named[]): string | null {
  const lines = new Set(workloads.flatMap((workload) => restartCommand(workload) ?? []));
  return lines.size === 0 ? null : [...lines].slice(0, MOST_LINES).join('\n');
}

/** What a pod's nearest owner says: a ReplicaSet with a hash of a template is a Deployment's. */
export function ownerOfPod({ namespace, name, labels, owner }: PodMeta): Named {
  if (owner === null) return { namespace, kind: 'pod', name };
  const hash = labels['pod-template-hash'];
  return owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`)
    ? { namespace, kind: 'deployment', name: owner.name.slice(0, -hash.length - 1) }
    : { namespace, kind: owner.kind.toLowerCase(), name: owner.name };
}

/** The last column is empty for pods without a proxy. */
export function proxyColumnCommand(namespace: string): string {
  return `kubectl -n ${namespace} get pods -L linkerd.io/control-plane-ns`;
}

export function annotationsCommand(workload: Named): string {
  const path = workload.kind === 'pod' ? '.metadata.annotations' : '.spec.template.metadata.annotations';
  return `kubectl -n ${workload.namespace} get ${resourceName(workload)} -o jsonpath='{${path}}'`;
}

export function logsCommand(workload: Named): string {
  return `kubectl -n ${workload.namespace} logs ${resourceName(workload)} --since=10m --all-containers`;
}
