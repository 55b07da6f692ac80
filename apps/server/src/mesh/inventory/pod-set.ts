// Which pods a tap of a target reaches: it is fixed when the tap begins, so a change means that it must be opened anew.

import type { Inventory } from '@latchwork/shared/inventory';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';

export interface PodSetTarget {
  readonly namespace: string;
  /** Null: the whole namespace. */
  readonly workload: { readonly kind: WorkloadKind; readonly name: string } | null;
}

/** The pods that can be tapped, as one text to compare; empty when there is none. A pod made anew under its old name is another, and so is one that has only now begun to run. */
export function podSet({ workloads }: Inventory, { namespace, workload }: PodSetTarget): string {
  return workloads
    .filter((one) => one.namespace === namespace)
    .flatMap((one) =>
      one.pods.filter((pod) => workload === null || isOf(workload, one, pod.name)).filter(isTappable),
    )
    .map(({ name, createdAt, restarts, phase }) => `${name}@${createdAt}#${restarts} ${phase}`)
    .sort()
    .join(' ');
}

/** A single pod of a Deployment can be tapped, too. */
function isOf(
  wanted: { kind: WorkloadKind; name: string },
  workload: { kind: WorkloadKind; name: string },
  pod: string,
): boolean {
  return wanted.kind === 'pod'
    ? wanted.name === pod
    : wanted.kind === workload.kind && wanted.name === workload.name;
}

function isTappable({ tap, phase, status }: { tap: unknown; phase: string; status: string }): boolean {
  return tap === null && (phase === 'Running' || phase === 'Pending') && status !== 'Terminating';
}
