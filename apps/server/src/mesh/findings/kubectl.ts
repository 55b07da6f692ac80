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
  return isRestartable(workload)
    ? `kubectl -n ${workload.namespace} rollout restart ${resourceName(workload)}`
    : null;
}

/** Restarts what pods belong to, a line for each; null where nothing of it can be restarted. */
export function restartAllCommand(workloads: readonly Named[]): string | null {
  return commandLines(workloads.flatMap((workload) => restartCommand(workload) ?? []));
}

/** One command after the other, ten at most, and how many are left out; null where there are none. */
export function commandLines(commands: readonly string[]): string | null {
  const lines = [...new Set(commands)];
  const rest = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES);
  return lines.length === 0 ? null : [...shown, ...(rest > 0 ? [`# and ${rest} more`] : [])].join('\n');
}

/** Values of labels, ports, versions: what stands for itself in a shell. Labels of metrics and annotations may be anything. */
export function isPlain(text: string): boolean {
  return /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/.test(text);
}

export function isRestartable({ kind }: Pick<Named, 'kind'>): boolean {
  return RESTARTABLE.includes(kind);
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
