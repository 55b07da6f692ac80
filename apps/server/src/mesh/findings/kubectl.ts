// Commands for an operator's shell. Names come from the API server or from validated ids (DNS-1123): no quoting is needed.

const SHORT: Readonly<Record<string, string>> = {
  deployment: 'deploy',
  statefulset: 'sts',
  daemonset: 'ds',
  replicaset: 'rs',
  replicationcontroller: 'rc',
};
const RESTARTABLE: readonly string[] = ['deployment', 'statefulset', 'daemonset'];

export interface Named {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
}

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
