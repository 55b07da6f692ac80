// Short commands for an operator's shell. Names come from validated ids (DNS-1123), so they need no quoting.

import type { WorkloadKind } from '@latchwork/shared/workload-kind';

const SHORT: Partial<Record<WorkloadKind, string>> = {
  deployment: 'deploy',
  statefulset: 'sts',
  daemonset: 'ds',
  replicaset: 'rs',
  replicationcontroller: 'rc',
};

export interface WorkloadRef {
  namespace: string;
  kind: WorkloadKind;
  name: string;
}

export function resourceName({ kind, name }: WorkloadRef): string {
  return `${SHORT[kind] ?? kind}/${name}`;
}

/** Null for kinds that `rollout restart` does not take. */
export function restartCommand(workload: WorkloadRef): string | null {
  if (!['deployment', 'statefulset', 'daemonset'].includes(workload.kind)) return null;
  return `kubectl -n ${workload.namespace} rollout restart ${resourceName(workload)}`;
}

/** The last column is empty for pods without a proxy. */
export function proxyColumnCommand(namespace: string): string {
  return `kubectl -n ${namespace} get pods -L linkerd.io/control-plane-ns`;
}

export function annotationsCommand(workload: WorkloadRef): string {
  const path = workload.kind === 'pod' ? '.metadata.annotations' : '.spec.template.metadata.annotations';
  return `kubectl -n ${workload.namespace} get ${resourceName(workload)} -o jsonpath='{${path}}'`;
}
