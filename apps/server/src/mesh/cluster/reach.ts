// How far a kind of object can be seen: of what cannot, nothing is said.

import type { KindPart, KubernetesState } from '../../sources/kubernetes/watch/state.ts';

const UNSEEN: readonly KindPart['state'][] = ['waiting', 'failed', 'denied'];

export function isSeenIn({ state, namespaces }: KindPart, namespace: string): boolean {
  return !UNSEEN.includes(state) && (namespaces === undefined || namespaces.includes(namespace));
}

/** What is not among them is not there at all. */
export function isSeenEverywhere({ state, namespaces }: KindPart): boolean {
  return !UNSEEN.includes(state) && namespaces === undefined;
}

/** Namespaces that Kubernetes speaks of where it does not speak of all. */
export function reachOf({ parts }: Pick<KubernetesState, 'parts'>): string[] {
  return [...new Set(Object.values(parts).flatMap(({ namespaces }) => namespaces ?? []))].sort();
}
