// What a workload's own proxy counts: its golden metrics, callers without identity, and what its policy refused.

import { unmeshedId } from '@latchwork/shared/node-id';
import type { Labels, Sample } from '../sources/prometheus/sample.ts';
import type { MeshAnswers } from './answers.ts';
import { refusedCaller } from './callers.ts';
import { verdictOf } from './encryption.ts';
import type { Flows } from './flows.ts';
import { serviceAccountOf } from './identity.ts';
import { isInfrastructure, isProbe, isUpkeepPort } from './noise.ts';
import type { NoiseOptions } from './outbound-flows.ts';
import { identityPeer, sourceOf, type WorkloadPeer } from './peer.ts';
import { Buckets } from './quantiles.ts';

export interface Received {
  rps: number;
  successRps: number;
  denied: number;
  readonly latency: Buckets;
}

type Add = (workload: WorkloadPeer, labels: Labels, value: number) => void;

export function addInbound(
  flows: Flows,
  answers: MeshAnswers,
  { showNoise }: NoiseOptions,
): Map<string, Received> {
  const received = new Map<string, Received>();
  /** Identities by target, and the requests that came with them. */
  const identities = new Map<string, Map<string, number>>();

  function of(id: string): Received {
    const known = received.get(id) ?? { rps: 0, successRps: 0, denied: 0, latency: new Buckets() };
    received.set(id, known);
    return known;
  }
  function each(samples: readonly Sample[] | undefined, add: Add) {
    for (const { labels, value } of samples ?? []) {
      const workload = sourceOf(labels);
      if (!workload) {
        flows.unattributed++;
        continue;
      }
      flows.know(workload);
      const subject = flows.subjects.get(workload.id);
      if (subject) subject.scraped = true;
      if (isInfrastructure(labels)) flows.infrastructure.add(workload.namespace);
      if (!Number.isFinite(value) || value <= 0) continue;
      if (!showNoise && (isUpkeepPort(labels) || isProbe(labels))) continue;
      add(workload, labels, value);
    }
  }
  function identify(target: string, clientId: string | undefined, value: number) {
    if (!clientId) return;
    const known = identities.get(target) ?? new Map<string, number>();
    known.set(clientId, (known.get(clientId) ?? 0) + value);
    identities.set(target, known);
  }

  each(answers.inbound, ({ id }, labels, value) => {
    const { tls, client_id: clientId, classification } = labels;
    const entry = of(id);
    const success = classification === 'success' ? value : 0;
    entry.rps += value;
    entry.successRps += success;
    identify(id, clientId, value);
    // Without a `tls` label nothing says that the caller has no proxy.
    if (!tls || (tls === 'true' && clientId)) return;
    const flow = flows.between(unmeshedId(id), id);
    flow.rps += value;
    flow.successRps += success;
    flow.requestLock.add(value, verdictOf(labels, clientId));
    if (labels['route_name'] && !['default', 'probe'].includes(labels['route_name']))
      flow.notes.add(
        `some of these come under the route ${labels['route_name']}: where that is a route for probes, they are the kubelet's`,
      );
  });
  each(answers.inboundLatency, ({ id }, labels, value) => of(id).latency.add(labels['le'], value));

  const refused: Parameters<Add>[] = [];
  each(answers.refused, (workload, labels, value) => {
    if (labels['refusal'] === 'admitted') addAdmitted(flows, workload.id, labels, value);
    else refused.push([workload, labels, value]);
    identify(workload.id, labels['client_id'], labels['refusal'] === 'admitted' ? value : 0);
  });
  addUnscraped(flows, answers, identities, showNoise);
  for (const [{ id }, labels, value] of refused) {
    if (labels['refusal'] !== 'connection') of(id).denied += value;
    addRefusal(flows, id, labels, value);
  }
  addClientIds(flows, identities);
  return received;
}

/** Connections that were forwarded as TCP, from callers without identity. */
function addAdmitted(flows: Flows, target: string, labels: Labels, value: number): void {
  const { tls, client_id: clientId, target_port: port = '' } = labels;
  if (!tls || (tls === 'true' && clientId)) return;
  const flow = flows.between(unmeshedId(target), target);
  flow.connectionLock.add(value, verdictOf(labels, clientId));
  flow.markTcp(port);
  flow.addPort(port, 'opensPerSecond', value);
}

function addRefusal(flows: Flows, target: string, labels: Labels, value: number): void {
  const { tls, client_id: clientId, refusal } = labels;
  const kind = refusal as 'authorization' | 'route' | 'rateLimit' | 'connection';
  if (tls === 'true' && clientId) {
    const flow = refusedCaller(flows, clientId, target, kind === 'connection' ? 'authorization' : kind);
    if (kind === 'connection')
      flow?.notes.add('policy of the target also refuses TCP connections of this caller');
    else flow?.addRefused(kind, value);
    return;
  }
  if (!tls) return;
  // A rate limit says no route: what it turned away without identity may be probes, unless others came so too.
  if (kind === 'rateLimit' && !flows.find(unmeshedId(target), target)?.isEdge) return;
  const flow = flows.between(unmeshedId(target), target);
  if (kind === 'connection')
    flow.notes.add('policy of the target refuses TCP connections of callers without identity');
  else flow.addRefused(kind, value);
}

/** Meshed callers whose proxies nobody scrapes: another cluster, or pods that the scrape configuration misses. */
function addUnscraped(
  flows: Flows,
  answers: MeshAnswers,
  identities: ReadonlyMap<string, ReadonlyMap<string, number>>,
  showNoise: boolean,
): void {
  // Without the callers' own counts nobody can be said to be missing from them.
  if (!answers.outbound || !answers.open) return;
  for (const { labels, value } of answers.inbound ?? []) {
    const { client_id: clientId, tls } = labels;
    const target = sourceOf(labels);
    const account = clientId && tls === 'true' ? serviceAccountOf(clientId) : null;
    if (!account || !target || !(value > 0) || !identities.get(target.id)?.get(clientId as string)) continue;
    if (!showNoise && (isUpkeepPort(labels) || isProbe(labels))) continue;
    if (flows.callersIn(account.namespace, target.id).length > 0) continue;
    const peer = flows.know(identityPeer(account.name, account.namespace));
    const flow = flows.between(peer.id, target.id);
    flow.rps += value;
    if (labels['classification'] === 'success') flow.successRps += value;
    flow.requestLock.add(value, verdictOf(labels, clientId));
    flow.clientIds = [clientId as string];
    flow.notes.add('counted by the target: the proxies of this caller are not scraped');
  }
}

/** An identity is an edge's client when one workload of its namespace calls the target. */
function addClientIds(flows: Flows, identities: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
  for (const [target, ids] of identities) {
    const byNamespace = new Map<string, string[]>();
    for (const id of ids.keys()) {
      const account = serviceAccountOf(id);
      if (account) byNamespace.set(account.namespace, [...(byNamespace.get(account.namespace) ?? []), id]);
    }
    for (const [namespace, clientIds] of byNamespace) {
      const [caller, ...others] = flows.callersIn(namespace, target);
      if (caller && others.length === 0) caller.clientIds = clientIds;
    }
  }
}
