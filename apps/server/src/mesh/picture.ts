// One round of answers joined: who there is, and every edge between them, with the noise or without.

import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import type { MeshAnswers } from './answers.ts';
import type { Flow } from './flow.ts';
import { Flows } from './flows.ts';
import { addInbound, type Received } from './inbound-flows.ts';
import { addOutbound, answeredNumbers, type PictureOptions } from './outbound-flows.ts';
import { addUnreached } from './unreached-flows.ts';
import { workloadNode } from './workload-node.ts';

/** An edge with the sums that shares of boxes and workloads are made of. */
export interface PictureEdge {
  readonly edge: Edge;
  readonly securedRps: number;
  /** Connections that lived in the window, outside of HTTP pools. */
  readonly connections: number;
  readonly securedConnections: number;
}

export interface Picture {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: readonly PictureEdge[];
  readonly namespaces: readonly string[];
  /** Namespaces of Linkerd's own. */
  readonly infrastructure: ReadonlySet<string>;
  /** Rows whose labels did not say whose they are. */
  readonly unattributed: number;
}

export function toPicture(answers: MeshAnswers, options: PictureOptions): Picture {
  const flows = new Flows();
  addOutbound(flows, answers, options);
  const received = addInbound(flows, answers, options);
  addUnreached(flows, answers);

  const numbers = answeredNumbers(answers);
  const edges = flows
    .all()
    .filter((flow) => flow.isEdge)
    .map((flow) => toPictureEdge(flow, flow.toEdge(numbers)))
    .sort((a, b) => compare(a.edge.source, b.edge.source) || compare(a.edge.target, b.edge.target));
  const nodes = toNodes(flows, received, edges);
  const namespaces = new Set(
    [...nodes.values()].flatMap((node) => ('namespace' in node ? [node.namespace] : [])),
  );
  return {
    nodes,
    edges,
    namespaces: [...namespaces].sort(),
    infrastructure: flows.infrastructure,
    unattributed: flows.unattributed,
  };
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toPictureEdge(flow: Flow, edge: Edge): PictureEdge {
  return {
    edge,
    securedRps: flow.requestLock.secured,
    connections: flow.connectionLock.total,
    securedConnections: flow.connectionLock.secured,
  };
}

/** Every workload that was seen, and the other ends of edges. */
function toNodes(
  flows: Flows,
  received: ReadonlyMap<string, Received>,
  edges: readonly PictureEdge[],
): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [id, subject] of flows.subjects) nodes.set(id, workloadNode(subject, received.get(id) ?? null));
  for (const { edge } of edges)
    for (const id of [edge.source, edge.target]) {
      if (nodes.has(id)) continue;
      const peer = flows.peers.get(id);
      if (peer?.type === 'service')
        nodes.set(id, { type: 'service', id, namespace: peer.namespace, name: peer.name });
      else if (peer?.type === 'external') nodes.set(id, { type: 'external', id, name: peer.name });
      else nodes.set(id, { type: 'unmeshed', id, target: edge.target });
    }
  return nodes;
}
