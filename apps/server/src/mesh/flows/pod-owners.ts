// Pods → their owners, where Linkerd's labels of them say none: by an operator's labels, by what callers call them, by their
// names. What Kubernetes says counts where it is there. Pure.

import { workloadId } from '@latchwork/shared/node-id';
import { INSTANCE_LABEL, OPERATOR_LABELS } from '../../sources/prometheus/questions/owners/pod-owners.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { hasTargetOwner, targetOf } from './peer.ts';

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

/**
 * A Deployment's pods have the hash of its template and five letters behind its name, all of `rand.SafeEncodeString` of
 * Kubernetes.
 */
const OF_DEPLOYMENT = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/**
 * The same of pods whose own labels say nothing at all, as a scrape configuration without Linkerd's leaves them: `called` names
 * owners of pods that somebody calls.
 */
export function guessedOwners(pods: readonly Sample[], called: readonly Sample[]): Map<string, string> {
  const owners = new Map(
    called.flatMap(({ labels }) => {
      const { dst_namespace: namespace, dst_pod: pod } = labels;
      const owner = namespace && pod && hasTargetOwner(labels) ? targetOf(labels) : null;
      return namespace && pod && owner ? [[workloadId(namespace, 'pod', pod), owner.id] as const] : [];
    }),
  );
  return new Map(
    pods.flatMap(({ labels: { namespace, pod } }) => {
      if (!namespace || !pod) return [];
      const id = workloadId(namespace, 'pod', pod);
      const [, deployment] = OF_DEPLOYMENT.exec(pod) ?? [];
      const owner = owners.get(id) ?? (deployment ? workloadId(namespace, 'deployment', deployment) : null);
      return owner ? [[id, owner] as const] : [];
    }),
  );
}
