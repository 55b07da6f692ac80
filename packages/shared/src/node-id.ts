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

/** Where the name of the other cluster stands: no name that Kubernetes allows. */
const UNKNOWN_CLUSTER = '-';

/** A workload of another cluster, whose name is null where nobody knows it. */
export function remoteId(
  cluster: string | null,
  namespace: string,
  kind: WorkloadKind,
  name: string,
): string {
  return `external:remote/${cluster ?? UNKNOWN_CLUSTER}/${namespace}/${kind}/${name}`;
}

/** What an EgressNetwork refused: the destination itself is in no metric. */
export function egressId(namespace: string, egressNetwork: string): string {
  return `external:egress/${namespace}/${egressNetwork}`;
}

/** What an id says, read back: the one place that takes ids apart. `kind` of a workload is whatever stands there. */
export type NodeParts =
  | { type: 'workload'; namespace: string; kind: string; name: string }
  | { type: 'service'; namespace: string; name: string }
  | { type: 'unmeshed'; target: string }
  | { type: 'outside' }
  | ({ type: 'external' } & ExternalParts);

/** `account` and `namespace` are null for a peer that is known by its SPIFFE id. */
export type ExternalParts =
  | { what: 'remote'; cluster: string | null; namespace: string; kind: string; name: string }
  | { what: 'host'; address: string }
  | { what: 'identity'; identity: string; account: string | null; namespace: string | null }
  | { what: 'egress'; namespace: string; name: string };

/** Null for a text that is no node's id. */
export function parseNodeId(id: string): NodeParts | null {
  const [, prefix, rest] = /^(unmeshed|external|outside):(.+)$/.exec(id) ?? [];
  if (rest !== undefined) {
    if (prefix === 'unmeshed') return { type: 'unmeshed', target: rest };
    return prefix === 'outside' ? { type: 'outside' } : { type: 'external', ...parseExternal(rest) };
  }
  const [namespace, kind, name, ...more] = id.split('/');
  if (!namespace || !kind || !name || more.length > 0) return null;
  return kind === 'service'
    ? { type: 'service', namespace, name }
    : { type: 'workload', namespace, kind, name };
}

function parseExternal(rest: string): ExternalParts {
  const [what, first, second, third, fourth, ...more] = rest.split('/');
  if (what === 'remote' && first && second && third && fourth && more.length === 0) {
    const cluster = first === UNKNOWN_CLUSTER ? null : first;
    return { what, cluster, namespace: second, kind: third, name: fourth };
  }
  if (what === 'egress' && first && second && third === undefined)
    return { what, namespace: first, name: second };
  if (what !== 'identity' || !first) return { what: 'host', address: rest };
  const identity = rest.slice('identity/'.length);
  const [, account = null, namespace = null] = /^([^/]+)\.([^./]+)$/.exec(identity) ?? [];
  return { what, identity, account, namespace };
}
