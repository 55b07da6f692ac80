// What Kubernetes' objects say is behind the lock of one edge that is not closed.

import type { Edge, LockCause } from '@latchwork/shared/edge';
import type { ClusterView } from '../cluster/cluster-view.ts';

/** Enough to act on; the page of the workload has them all. */
const MOST_PODS = 20;

/** `openPorts`: of the target, that carried what is not secured; null when no series says. */
export function withCauses(
  edge: Edge,
  openPorts: readonly number[] | null,
  { causesOf }: Pick<ClusterView, 'causesOf'>,
): Edge {
  const { source, target, lock, unreached } = edge;
  if (lock.state === 'secured' || (lock.state === 'unknown' && unreached === null)) return edge;
  const causes = causesOf({ source, target, ports: openPorts });
  return causes.length === 0 ? edge : { ...edge, causes: causes.map(short) };
}

function short(cause: LockCause): LockCause {
  const { pods = [] } = cause;
  return pods.length <= MOST_PODS ? cause : { ...cause, pods: pods.slice(0, MOST_PODS) };
}
