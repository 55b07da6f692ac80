// What a node's id says to people. Ids as the contract writes them; knows nothing about what the node does.

import { type ExternalParts, parseNodeId } from '@latchwork/shared/node-id';
import { kindName } from './kind.ts';

export interface PeerName {
  name: string;
  /** Null where the peer is in no namespace. */
  namespace: string | null;
  /** "Deployment", "Service"; "no proxy", "outside the mesh" for what is neither. */
  kind: string;
}

export function peerName(id: string): PeerName {
  const parts = parseNodeId(id);
  switch (parts?.type) {
    case 'unmeshed':
      return { name: 'Unmeshed callers', namespace: null, kind: 'no proxy' };
    case 'external':
      return externalName(parts);
    case 'workload':
      return { name: parts.name, namespace: parts.namespace, kind: kindName(parts.kind) };
    case 'service':
      return { name: parts.name, namespace: parts.namespace, kind: kindName('service') };
    default:
      return { name: id, namespace: null, kind: '' };
  }
}

function externalName(parts: ExternalParts): PeerName {
  switch (parts.what) {
    case 'host':
      return { name: parts.address, namespace: null, kind: 'outside the mesh' };
    case 'egress':
      return { name: parts.name, namespace: parts.namespace, kind: 'EgressNetwork' };
    case 'remote':
      return {
        name: parts.name,
        namespace: parts.namespace,
        kind: `${kindName(parts.kind)} of ${parts.cluster ?? 'another cluster'}`,
      };
    case 'identity': {
      const { identity, account, namespace } = parts;
      if (account !== null) return { name: account, namespace, kind: 'service account, not scraped' };
      // A workload outside of Kubernetes: spiffe://TRUST-DOMAIN/NAME.
      const name = identity.slice(identity.lastIndexOf('/') + 1);
      return { name, namespace: null, kind: 'external workload, not scraped' };
    }
  }
}
