// What a node's id says to people. Ids as the contract writes them; knows nothing about what the node does.

import { kindName } from './kind.ts';

export interface PeerName {
  name: string;
  /** Null where the peer is in no namespace. */
  namespace: string | null;
  /** "Deployment", "Service"; "no proxy", "outside the mesh" for what is neither. */
  kind: string;
}

export function peerName(id: string): PeerName {
  if (id.startsWith('unmeshed:')) return { name: 'Unmeshed callers', namespace: null, kind: 'no proxy' };
  if (id.startsWith('external:')) return externalName(id.slice('external:'.length));
  const [namespace, kind, ...name] = id.split('/');
  if (!namespace || !kind || name.length === 0) return { name: id, namespace: null, kind: '' };
  return { name: name.join('/'), namespace, kind: kindName(kind) };
}

/** "web, Deployment in storefront". */
export function peerTitle(id: string): string {
  const { name, namespace, kind } = peerName(id);
  return namespace === null ? `${name}, ${kind}` : `${name}, ${kind} in ${namespace}`;
}

function externalName(rest: string): PeerName {
  const [first, second, third] = rest.split('/');
  // A workload outside of Kubernetes: spiffe://TRUST-DOMAIN/NAME.
  if (first === 'identity' && second === 'spiffe:')
    return {
      name: rest.slice(rest.lastIndexOf('/') + 1),
      namespace: null,
      kind: 'external workload, not scraped',
    };
  if (first === 'identity' && second) {
    const [account, ...namespace] = second.split('.');
    return {
      name: account ?? second,
      namespace: namespace.join('.') || null,
      kind: 'service account, not scraped',
    };
  }
  if (first === 'egress' && second && third) return { name: third, namespace: second, kind: 'EgressNetwork' };
  return { name: rest, namespace: null, kind: 'outside the mesh' };
}
