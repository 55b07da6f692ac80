// Pods → the owners of an operator's own kind, by the labels of the pods: what Kubernetes says where it is there. Pure.

import { workloadId } from '@latchwork/shared/node-id';
import { INSTANCE_LABEL, OPERATOR_LABELS } from '../../sources/prometheus/questions/pod-owners.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';

/** Id of a pod → id of what owns it. Pods that say nothing are not in it. */
export function toPodOwners(pods: readonly Sample[]): Map<string, string> {
  return new Map(
    pods.flatMap(({ labels }) => {
      const { namespace, pod } = labels;
      const owner = namespace && pod ? ownerOf(labels, namespace, pod) : null;
      return namespace && pod && owner ? [[workloadId(namespace, 'pod', pod), owner] as const] : [];
    }),
  );
}

function ownerOf(labels: Labels, namespace: string, pod: string): string | null {
  for (const [label, kind] of OPERATOR_LABELS) {
    const name = labels[label];
    if (name && !name.includes('/')) return workloadId(namespace, kind, name);
  }
  const end = `-${labels[INSTANCE_LABEL]}`;
  return labels[INSTANCE_LABEL] && pod.endsWith(end) && pod.length > end.length
    ? workloadId(namespace, 'cloneset', pod.slice(0, -end.length))
    : null;
}
