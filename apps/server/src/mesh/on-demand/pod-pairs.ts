// Mesh → which pod calls which, behind one edge or in one namespace: the edges of the callers' own counts, with each end's pod
// in the place of its owner. Pure.

import type { PodPairs } from '@latchwork/shared/asked/pod-pairs';
import type { Edge } from '@latchwork/shared/edge';
import { edgeEnds, edgeId } from '@latchwork/shared/edge-id';
import {
  DST_OWNER_LABELS,
  OWN_OWNER_LABELS,
} from '../../sources/prometheus/questions/owners/owner-labels.ts';
import { arePairsCounted, pairsAsked } from '../../sources/prometheus/questions/pod-pairs.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import { withClusterLabels } from '../cluster/cluster-labels.ts';
import { Flows } from '../flows/flows.ts';
import { addOutbound } from '../flows/outbound-flows.ts';
import { DST_OWNER, OWNER, sourceOf, targetOf } from '../flows/peer.ts';
import { createRemotePeers, type RemotePeerOf } from '../flows/remote-peers.ts';
import type { Mesh } from '../mesh.ts';
import type { MeshScope } from '../scope.ts';
import { onDemand } from './on-demand.ts';
import { untoldPairs } from './untold-pairs.ts';

/** Rows of an answer. */
const MOST_ROWS = 500;
const OWNERS = [...OWN_OWNER_LABELS.map(([label]) => label), OWNER];
const DST_OWNERS = [...DST_OWNER_LABELS.map(([label]) => label), DST_OWNER];

/** The part is missing where the store was not asked about this place yet. */
export function toPodPairs(mesh: Mesh, where: string, { noise }: Pick<MeshScope, 'noise'>): PodPairs {
  const { isAsked, covered, snapshot } = onDemand(mesh, 'pairResponses', where);
  const edges = isAsked ? toEdges(mesh, where, noise).sort(troubleFirst) : [];
  return {
    ...snapshot,
    where,
    edges: edges.slice(0, MOST_ROWS),
    more: Math.max(0, edges.length - MOST_ROWS),
    untold: isAsked
      ? null
      : untoldPairs(where, arePairsCounted(where), !pairsAsked([...covered, where]).includes(where)),
  };
}

function toEdges(mesh: Mesh, where: string, noise: MeshScope['noise']): Edge[] {
  const { pairResponses, pairConnections, pairOpen, pairLatency, pods } = mesh.pairAnswers;
  const { windowSeconds, elsewhere = null, cluster = null } = mesh;
  const remotePeerOf = createRemotePeers({ elsewhere, pods, cluster });
  const isAsked = askedBy(where, remotePeerOf);
  const own = (samples: readonly Sample[] | undefined) =>
    samples?.flatMap((sample) => {
      const { labels } = mesh.names ? withClusterLabels(sample, mesh.names) : sample;
      return isAsked(labels) ? [{ ...sample, labels: byPod(sample.labels) }] : [];
    });
  const answers = {
    ...(pairResponses ? { outbound: own(pairResponses) ?? [] } : {}),
    ...(pairConnections ? { connections: own(pairConnections) ?? [] } : {}),
    ...(pairOpen ? { open: own(pairOpen) ?? [] } : {}),
    ...(pairLatency ? { outboundLatency: own(pairLatency) ?? [] } : {}),
  };
  const flows = new Flows(null, remotePeerOf);
  addOutbound(flows, answers, { noise, windowSeconds, elsewhere });
  return flows
    .all()
    .filter((flow) => flow.isEdge)
    .map((flow) => flow.toEdge(windowSeconds));
}

/** Rows of other places, which somebody else looks at, come in the same answer. */
function askedBy(where: string, remotePeerOf: RemotePeerOf): (labels: Labels) => boolean {
  if (edgeEnds(where) === null)
    return ({ namespace, dst_namespace: to }) => namespace === where || to === where;
  return (labels) => {
    const source = sourceOf(labels);
    const target = remotePeerOf(labels) ?? targetOf(labels);
    return source !== null && target !== null && edgeId(source.id, target.id) === where;
  };
}

/** An owner has no name here, so that the pod stands for itself; where discovery knows no pod, the target stays what it is. */
function byPod(labels: Labels): Labels {
  const gone = [...(labels['pod'] ? OWNERS : []), ...(labels['dst_pod'] ? DST_OWNERS : [])];
  return { ...labels, ...Object.fromEntries(gone.map((label) => [label, ''])) };
}

/** What is not secured, then what fails, then the busiest. */
function troubleFirst(a: Edge, b: Edge): number {
  return (
    openShare(b) - openShare(a) ||
    failedShare(b) - failedShare(a) ||
    (b.http?.rps ?? 0) - (a.http?.rps ?? 0) ||
    (edgeId(a.source, a.target) < edgeId(b.source, b.target) ? -1 : 1)
  );
}

const openShare = ({ lock }: Edge) => (lock.securedShare === null ? 0 : 1 - lock.securedShare);
const failedShare = ({ http }: Edge) => (http?.successRate == null ? 0 : 1 - http.successRate);
