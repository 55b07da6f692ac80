// One round of answers joined: who there is, and every edge between them, with the noise or without, and its outline with it.

import type { ResponseCount } from '@latchwork/shared/asked/responses';
import type { Edge, EdgeSplit } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Node } from '@latchwork/shared/node';
import { isInboundStored, type MeshAnswers } from './answers.ts';
import { addInventory } from './cluster/cluster-nodes.ts';
import type { ClusterView } from './cluster/cluster-view.ts';
import type { Flow } from './flows/flow.ts';
import { Flows } from './flows/flows.ts';
import { addInbound } from './flows/inbound-flows.ts';
import { addOutbound, type PictureOptions } from './flows/outbound-flows.ts';
import { createRemotePeers } from './flows/remote-peers.ts';
import type { Statuses } from './flows/statuses.ts';
import { addUnreached } from './flows/unreached-flows.ts';
import { addNodes, namespacesOf } from './nodes.ts';
import { byEnds, type Outline, outlineEdges } from './outline.ts';
import { createEdgeSplits } from './routes/edge-splits.ts';
import type { Stored } from './workload-node.ts';

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

export interface Picture extends Outline {
  readonly edges: readonly PictureEdge[];
  /** Workloads that the metrics know of; the others are idle ones of the inventory. */
  readonly measured: number;
  /** Rows whose labels did not say whose they are. */
  readonly unattributed: number;
  /** How the responses of an edge ended; null where its caller's own counts are not known. */
  readonly endedOf: (source: string, target: string) => readonly ResponseCount[] | null;
}

export interface Joined {
  readonly picture: Picture;
  /** With the noise, whether or not the picture has it. */
  readonly outline: Outline;
}

/** `cluster`: what Kubernetes knows besides; null without it. */
export function toPicture(
  answers: MeshAnswers,
  options: PictureOptions,
  cluster: ClusterView | null = null,
): Joined {
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
    .sort(byEnds);
  const stored = { windowSeconds: options.windowSeconds, isInboundStored: isInboundStored(answers) };
  // Of the flows nothing else is kept.
  const ended = new Map<string, Statuses>();
  for (const { flow } of drafts) {
    const of = flow.takeEnded();
    if (of) ended.set(edgeId(flow.source, flow.target), of);
  }
  const nodes = new Map<string, Node>();
  addNodes(nodes, flows, received, edges, stored);
  const measured = nodes.size;
  if (cluster) addInventory(nodes, cluster);
  const picture = {
    nodes,
    edges,
    namespaces: namespacesOf(nodes),
    infrastructure: flows.infrastructure,
    measured,
    unattributed: flows.unattributed,
    endedOf: (source: string, target: string) =>
      ended.get(edgeId(source, target))?.counts(options.windowSeconds) ?? null,
  };
  if (options.noise === 'show') return { picture, outline: picture };
  return { picture, outline: toOutline(flows, answers, options, nodes, stored) };
}

/** Once a picture without the noise is made: adds that to its flows. Whom all rows are of is known by then. */
function toOutline(
  flows: Flows,
  answers: MeshAnswers,
  options: PictureOptions,
  known: ReadonlyMap<string, Node>,
  stored: Stored,
): Outline {
  const noise = { ...options, noise: 'only' } as const;
  addOutbound(flows, withoutDetail(answers), noise);
  const received = addInbound(flows, withoutDetail(answers), noise);
  const edges = outlineEdges(flows);
  const nodes = new Map(known);
  addNodes(nodes, flows, received, edges, stored);
  return { nodes, edges, namespaces: namespacesOf(nodes), infrastructure: flows.infrastructure };
}

function withoutDetail({
  inboundLatency,
  noiseLatency,
  outboundLatency,
  volume,
  ...others
}: MeshAnswers): MeshAnswers {
  return others;
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
