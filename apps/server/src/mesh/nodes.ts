// Who is on a picture: every workload that was seen, and the other ends of edges.

import type { Node } from '@latchwork/shared/node';
import type { Flows } from './flows/flows.ts';
import type { Received } from './flows/inbound-flows.ts';
import type { OutlineEdge } from './outline.ts';
import { type Stored, workloadNode } from './workload-node.ts';

/** Those that are on it stay what they are. */
export function addNodes(
  nodes: Map<string, Node>,
  flows: Flows,
  received: ReadonlyMap<string, Received>,
  edges: readonly OutlineEdge[],
  stored: Stored,
): void {
  for (const [id, subject] of flows.subjects)
    if (!nodes.has(id)) nodes.set(id, workloadNode(subject, received.get(id) ?? null, stored));
  for (const { edge } of edges)
    for (const id of [edge.source, edge.target]) {
      if (nodes.has(id)) continue;
      const peer = flows.peers.get(id);
      if (peer?.type === 'service')
        nodes.set(id, { type: 'service', id, namespace: peer.namespace, name: peer.name });
      else if (peer?.type === 'external') nodes.set(id, peer);
      else nodes.set(id, { type: 'unmeshed', id, target: edge.target });
    }
}

export function namespacesOf(nodes: ReadonlyMap<string, Node>): string[] {
  const namespaces = new Set<string>();
  for (const node of nodes.values()) if ('namespace' in node) namespaces.add(node.namespace);
  return [...namespaces].sort();
}
