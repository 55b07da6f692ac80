// One round of answers joined: who there is, and every edge between them, with the noise or without.

import type { Edge, EdgeSplit } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Node } from '@latchwork/shared/node';
import type { ResponseCount } from '@latchwork/shared/responses';
import { isInboundStored, type MeshAnswers } from './answers.ts';
import { addInventory } from './cluster/cluster-nodes.ts';
import type { ClusterView } from './cluster/cluster-view.ts';
import type { Flow } from './flows/flow.ts';
import { Flows } from './flows/flows.ts';
import { addInbound, type Received } from './flows/inbound-flows.ts';
import { addOutbound, type PictureOptions } from './flows/outbound-flows.ts';
import { createRemotePeers } from './flows/remote-peers.ts';
import type { Statuses } from './flows/statuses.ts';
import { addUnreached } from './flows/unreached-flows.ts';
import { createEdgeSplits } from './routes/edge-splits.ts';
import { workloadNode } from './workload-node.ts';

/** An edge with the sums that shares of boxes and workloads are made of. */
export interface PictureEdge {
  readonly edge: Edge;
  readonly securedRps: number;
  /** Connections that lived in the window, outside of HTTP pools. */
  readonly connections: number;
  readonly securedConnections: number;
  /** Ports of the target that carried what is not secured; null when nobody knows. */
  readonly openPorts: readonly number[] | null;
}

export interface Picture {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly edges: readonly PictureEdge[];
  readonly namespaces: readonly string[];
  /** Namespaces of Linkerd's own. */
  readonly infrastructure: ReadonlySet<string>;
  /** Workloads that the metrics know of; the others are idle ones of the inventory. */
  readonly measured: number;
  /** Rows whose labels did not say whose they are. */
  readonly unattributed: number;
  /** How the responses of an edge ended; null where its caller's own counts are not known. */
  readonly endedOf: (source: string, target: string) => readonly ResponseCount[] | null;
}

/** `cluster`: what Kubernetes knows besides; null without it. */
export function toPicture(
  answers: MeshAnswers,
  options: PictureOptions,
  cluster: ClusterView | null = null,
): Picture {
  const remotePeerOf = createRemotePeers({
    elsewhere: options.elsewhere ?? null,
    pods: answers.pods,
    cluster,
  });
  const flows = new Flows(cluster?.identities ?? null, remotePeerOf);
  addOutbound(flows, answers, options);
  const received = addInbound(flows, answers, options);
  addUnreached(flows, answers);
  for (const namespace of cluster?.infrastructure ?? []) flows.infrastructure.add(namespace);

  const drafts = flows
    .all()
    .filter((flow) => flow.isEdge)
    .map((flow) => ({ flow, edge: flow.toEdge(options.windowSeconds) }));
  const splitOf = createEdgeSplits(
    cluster?.splits ?? [],
    drafts.map(({ edge }) => edge),
  );
  const edges = drafts
    .map(({ flow, edge }) => toPictureEdge(flow, withSplit(edge, splitOf(edge)), cluster))
    .sort((a, b) => compare(a.edge.source, b.edge.source) || compare(a.edge.target, b.edge.target));
  const stored = { windowSeconds: options.windowSeconds, isInboundStored: isInboundStored(answers) };
  // Of the flows nothing else is kept.
  const ended = new Map<string, Statuses>();
  for (const { flow } of drafts) if (flow.ended) ended.set(edgeId(flow.source, flow.target), flow.ended);
  const nodes = toNodes(flows, received, edges, stored);
  const measured = nodes.size;
  if (cluster) addInventory(nodes, cluster);
  const namespaces = new Set(
    [...nodes.values()].flatMap((node) => ('namespace' in node ? [node.namespace] : [])),
  );
  return {
    nodes,
    edges,
    namespaces: [...namespaces].sort(),
    infrastructure: flows.infrastructure,
    measured,
    unattributed: flows.unattributed,
    endedOf: (source, target) => ended.get(edgeId(source, target))?.counts(options.windowSeconds) ?? null,
  };
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toPictureEdge(flow: Flow, edge: Edge, cluster: ClusterView | null): PictureEdge {
  return {
    edge: cluster ? withCluster(edge, cluster) : edge,
    securedRps: flow.requestLock.secured,
    connections: flow.connectionLock.total,
    securedConnections: flow.connectionLock.secured,
    openPorts: flow.openPorts,
  };
}

function withSplit(edge: Edge, split: EdgeSplit | undefined): Edge {
  return split ? { ...edge, split } : edge;
}

/** An identity is the pods' own, whichever of them the target saw; nobody presents one where nothing is secured. */
function withCluster(edge: Edge, cluster: ClusterView): Edge {
  const own = edge.lock.securedShare ? cluster.identities.clientIdsOf(edge.source) : [];
  return own.length > 0 ? { ...edge, lock: { ...edge.lock, clientIds: [...own].sort() } } : edge;
}

/** Every workload that was seen, and the other ends of edges. */
function toNodes(
  flows: Flows,
  received: ReadonlyMap<string, Received>,
  edges: readonly PictureEdge[],
  stored: Parameters<typeof workloadNode>[2],
): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [id, subject] of flows.subjects)
    nodes.set(id, workloadNode(subject, received.get(id) ?? null, stored));
  for (const { edge } of edges)
    for (const id of [edge.source, edge.target]) {
      if (nodes.has(id)) continue;
      const peer = flows.peers.get(id);
      if (peer?.type === 'service')
        nodes.set(id, { type: 'service', id, namespace: peer.namespace, name: peer.name });
      else if (peer?.type === 'external') nodes.set(id, peer);
      else nodes.set(id, { type: 'unmeshed', id, target: edge.target });
    }
  return nodes;
}
