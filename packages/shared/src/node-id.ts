// Ids of nodes: what scripts and links rely on. The key is always the whole tuple, never a bare name.

import type { WorkloadKind } from './workload-kind.ts';

export function workloadId(namespace: string, kind: WorkloadKind, name: string): string {
  return `${namespace}/${kind}/${name}`;
}

export function serviceId(namespace: string, name: string): string {
  return `${namespace}/service/${name}`;
}

/** The unmeshed callers of one target: metrics do not tell them apart. */
export function unmeshedId(targetId: string): string {
  return `unmeshed:${targetId}`;
}

/** `address` is `IP:PORT`. */
export function externalId(address: string): string {
  return `external:${address}`;
}

/** A meshed peer that nobody scrapes, known by its service account alone. */
export function externalIdentityId(serviceAccount: string, namespace: string): string {
  return `external:identity/${serviceAccount}.${namespace}`;
}

/** A workload outside of Kubernetes that nobody scrapes, known by its SPIFFE id alone. */
export function externalSpiffeId(spiffeId: string): string {
  return `external:identity/${spiffeId}`;
}

/** What an EgressNetwork refused: the destination itself is in no metric. */
export function egressId(namespace: string, egressNetwork: string): string {
  return `external:egress/${namespace}/${egressNetwork}`;
}
