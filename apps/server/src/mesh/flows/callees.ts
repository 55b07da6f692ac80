// Whom calls went to in a store without the labels that say so (`dst_*`): as far as the callee's identity, or the callee's own
// proxy, tells.

import { workloadId } from '@latchwork/shared/node-id';
import type { Labels } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import { workloadOfIdentity } from './callers.ts';
import type { Flow } from './flow.ts';
import type { Flows } from './flows.ts';
import { hasOwner, hasTargetOwner, type Peer, sourceOf, type WorkloadPeer } from './peer.ts';

const BY_IDENTITY = 'the store does not say whom these calls were for: the callee is known by its identity';
/** Of what a caller sends to identities of a namespace, so much its workloads count themselves when they count all of it. */
const COVERED = 0.9;

/** False where callers of meshed workloads do not name a single one of them. */
export function areCalleesStored({ outbound = [], connections = [] }: MeshAnswers): boolean {
  let hasIdentity = false;
  for (const rows of [outbound, connections])
    for (const { labels } of rows) {
      if (labels['dst_namespace']) return true;
      hasIdentity ||= Boolean(labels['server_id']);
    }
  return !hasIdentity;
}

/** The callee of a row, by its identity alone. */
export type CalleeOf = (labels: Labels) => WorkloadPeer | null;

/** Learns who is scraped first: only those can be named. */
export function createCalleeOf(flows: Flows, answers: MeshAnswers): CalleeOf {
  for (const rows of [answers.outbound, answers.inbound])
    for (const { labels } of rows ?? []) {
      const source = flows.sourceOf(labels);
      const subject = source && flows.subjects.get(source.id);
      if (subject) subject.scraped = true;
    }
  const known = new Map<string, WorkloadPeer | null>();
  return ({ server_id: identity }) => {
    if (!identity) return null;
    let found = known.get(identity);
    if (found === undefined) {
      found = workloadOfIdentity(flows, identity);
      known.set(identity, found);
    }
    return found;
  };
}

export function noteCallee(flow: Flow, target: Peer): void {
  if (target.type === 'workload' || (target.type === 'external' && target.what === 'identity'))
    flow.note(BY_IDENTITY);
}

/** Calls to an identity that stands for nobody, where the workloads of its namespace count the same ones. */
export function dropCovered(flows: Flows): void {
  const sums = new Map<string, { sent: Flow[]; sentRps: number; countedRps: number }>();
  for (const flow of flows.all()) {
    const namespace = namespaceOf(flows.peers.get(flow.target));
    if (namespace === null) continue;
    const key = `${flow.source} ${namespace}`;
    const sum = sums.get(key) ?? { sent: [], sentRps: 0, countedRps: 0 };
    sums.set(key, sum);
    const { rps } = flow.responses;
    if (flow.isCountedByTarget) sum.countedRps += rps;
    else if (flows.peers.get(flow.target)?.type === 'external' && !flow.isTcp) {
      sum.sent.push(flow);
      sum.sentRps += rps;
    }
  }
  for (const { sent, sentRps, countedRps } of sums.values())
    if (countedRps >= COVERED * sentRps) for (const flow of sent) flow.isCovered = true;
}

/** Of a workload, or of an identity: `external:identity/name.namespace`. */
function namespaceOf(peer: Peer | undefined): string | null {
  if (peer?.type === 'workload') return peer.namespace;
  const isIdentity = peer?.type === 'external' && peer.what === 'identity';
  return isIdentity && peer.name ? (peer.name.split('.').at(-1) ?? null) : null;
}

/** Id of a called pod → id of its owner, by what that pod counts of itself: where the store keeps of the callee its pod alone. */
export function ownersOfCallees({
  outbound = [],
  connections = [],
  inbound = [],
}: MeshAnswers): ReadonlyMap<string, string> {
  const bare = new Set(
    [...outbound, ...connections].flatMap(({ labels }) => {
      const { dst_namespace: namespace = '', dst_pod: pod, target_addr: endpoint } = labels;
      // What comes by endpoint may be of another cluster, where a pod of here says nothing about its namesake.
      return pod && !endpoint && !hasTargetOwner(labels) ? [workloadId(namespace, 'pod', pod)] : [];
    }),
  );
  const owners = new Map<string, string>();
  if (bare.size === 0) return owners;
  for (const { labels } of [...inbound, ...outbound]) {
    const { namespace, pod } = labels;
    const id = namespace && pod && hasOwner(labels) ? workloadId(namespace, 'pod', pod) : '';
    const owner = bare.has(id) ? sourceOf(labels) : null;
    if (owner) owners.set(id, owner.id);
  }
  return owners;
}
