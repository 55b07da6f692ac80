// Which workload an identity stands for. An identity names a service account; several workloads may share it.

import { serviceAccountOf } from '@latchwork/shared/identity';
import { parseNodeId } from '@latchwork/shared/node-id';
import { isWorkloadKind } from '@latchwork/shared/workload-kind';
import type { Flow } from './flow.ts';
import type { Flows } from './flows.ts';
import type { WorkloadPeer } from './peer.ts';
import { REFUSAL_SIGNS } from './refusal-signs.ts';

/** The one caller of `target` that this refusal can be of; null when that is not one. */
export function refusedCaller(
  flows: Flows,
  clientId: string,
  target: string,
  refusal: keyof typeof REFUSAL_SIGNS,
): Flow | null {
  const account = serviceAccountOf(clientId);
  if (!account) return null;
  const known = flows.identities?.workloadsOf(clientId) ?? [];
  // One workload alone runs under it: its edge, although it may never have got through.
  if (known.length === 1 && known[0]) return callOf(flows, known[0], target);
  const calls = flows.callsByNamespace(target).get(account.namespace) ?? [];
  const callers = calls.filter(({ source }) => known.length === 0 || known.includes(source));
  if (callers.length <= 1) return callers[0] ?? null;
  const signed = callers.filter((flow) => flow.hasSeen(REFUSAL_SIGNS[refusal]));
  return signed.length === 1 ? (signed[0] as Flow) : null;
}

/**
 * The one workload that an identity stands for: the only one that runs under it, as Kubernetes knows; from metrics alone
 * the only one of its namespace that bears the account's name. Null when that is not one.
 */
export function workloadOfIdentity(flows: Flows, clientId: string): WorkloadPeer | null {
  const account = serviceAccountOf(clientId);
  if (!account) return null;
  const known = flows.identities?.workloadsOf(clientId) ?? [];
  if (known.length > 0) return known.length === 1 && known[0] ? workloadPeerOf(flows, known[0]) : null;
  const named = [...flows.subjects.values()].filter(
    ({ peer, scraped }) => scraped && peer.namespace === account.namespace && peer.name === account.name,
  );
  return named.length === 1 && named[0] ? named[0].peer : null;
}

function workloadPeerOf(flows: Flows, id: string): WorkloadPeer | null {
  const workload = parseNodeId(id);
  if (workload?.type !== 'workload' || !isWorkloadKind(workload.kind)) return null;
  const peer = { ...workload, id, kind: workload.kind };
  flows.know(peer);
  return peer;
}

function callOf(flows: Flows, source: string, target: string): Flow | null {
  return workloadPeerOf(flows, source) && flows.between(source, target);
}
