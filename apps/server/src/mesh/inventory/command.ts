// Commands for an operator's shell. Names come from the API server, which holds them to DNS-1123: no quoting is needed.

import type { WorkloadRef } from './owners.ts';

const RESTARTABLE: readonly string[] = ['deployment', 'statefulset', 'daemonset'];

/** Null for kinds that `rollout restart` does not take: bare pods and jobs are made again by hand. */
export function restartCommand({ namespace, kind, name }: WorkloadRef): string | null {
  return RESTARTABLE.includes(kind) ? `kubectl -n ${namespace} rollout restart ${kind}/${name}` : null;
}
