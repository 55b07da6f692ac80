// What a workload's own proxy counts: its golden metrics, callers without identity, and what its policy refused.

import { serviceAccountOf } from '@latchwork/shared/identity';
import { unmeshedId } from '@latchwork/shared/node-id';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import { verdictOf } from '../lock/encryption.ts';
import { isInfrastructure, isNoise } from '../noise.ts';
import { refusedCaller } from './callers.ts';
import type { Flow } from './flow.ts';
import type { Flows } from './flows.ts';
import type { PictureOptions } from './outbound-flows.ts';
import { revisionOf, type WorkloadPeer } from './peer.ts';
import { Buckets } from './quantiles.ts';
import { refusalKind } from './refusal-signs.ts';
import { Responses } from './responses.ts';
import { UnmeshedConnections } from './unmeshed-connections.ts';
import { addUnscraped } from './unscraped-flows.ts';

export interface Received {
  readonly responses: Responses;
  denied: number;
  readonly latency: Buckets;
  /** By the name that the labels have where it is not the workload's own. */
  readonly revisions: Map<string, Responses>;
}

type Add = (workload: WorkloadPeer, labels: Labels, value: number) => void;

export function addInbound(
  flows: Flows,
  answers: MeshAnswers,
  options: PictureOptions,
): Map<string, Received> {
  const { noise, windowSeconds } = options;
  const received = new Map<string, Received>();
  /** By target. */
  const identities = new Map<string, Set<string>>();

  function of(id: string): Received {
    let known = received.get(id);
    if (!known) {
      known = { responses: new Responses(), denied: 0, latency: new Buckets(), revisions: new Map() };
      received.set(id, known);
    }
    return known;
  }
  function each(samples: readonly Sample[] | undefined, add: Add, least = Number.MIN_VALUE) {
    for (const { labels, value } of samples ?? []) {
      if (noise === 'only' && !isNoise(labels)) continue;
      const workload = flows.sourceOf(labels);
      if (!workload) {
        flows.unattributed++;
        continue;
      }
      const subject = flows.subjects.get(workload.id);
      if (subject) subject.scraped = true;
      if (isInfrastructure(labels)) flows.infrastructure.add(workload.namespace);
      if (!Number.isFinite(value) || value < least) continue;
      if (labels['no_tls_reason'] === 'loopback') continue;
      if (noise === 'hide' && isNoise(labels)) continue;
      add(workload, labels, value);
    }
  }
  function identify(target: string, clientId: string | undefined) {
    if (!clientId) return;
    const known = identities.get(target);
    if (known) known.add(clientId);
    else identities.set(target, new Set([clientId]));
  }

  each(answers.inbound, (workload, labels, value) => {
    const { id } = workload;
    const { tls, client_id: clientId } = labels;
    const { responses, revisions } = of(id);
    responses.add(labels, value);
    const revision = revisionOf(labels, workload);
    if (revision !== null) {
      const known = revisions.get(revision) ?? new Responses();
      revisions.set(revision, known);
      known.add(labels, value);
    }
    identify(id, clientId);
    // Without a `tls` label nothing says that the caller has no proxy.
    if (!tls || (tls === 'true' && clientId)) return;
    const flow = flows.fromUnmeshed(id);
    flow.responses.add(labels, value);
    flow.requestLock.add(value, verdictOf(labels, clientId));
    const note = mayBeProbes(labels);
    if (note) flow.note(note);
  });
  // A row has one population: where the rate counts probes and scrapes, so do its latencies.
  // An empty bucket is where the next one begins.
  for (const buckets of [answers.inboundLatency, answers.noiseLatency])
    each(buckets, ({ id }, labels, value) => of(id).latency.add(labels['le'], value), 0);

  const refused: Parameters<Add>[] = [];
  const unmeshed = new UnmeshedConnections(windowSeconds);
  each(answers.refused, (workload, labels, value) => {
    refused.push([workload, labels, value]);
    identify(workload.id, labels['client_id']);
  });
  each(answers.admitted, ({ id }, labels, value) => {
    unmeshed.add(id, labels, value);
    identify(id, labels['client_id']);
  });
  unmeshed.addTo(flows);
  addUnscraped(flows, answers, options);
  for (const [{ id }, labels, value] of refused) {
    of(id).denied += value;
    addRefusal(flows, id, labels, value);
  }
  addClientIds(flows, identities);
  return received;
}

/** Where metrics cannot tell requests without identity from probes. */
function mayBeProbes({ route_name: route }: Labels): string | null {
  if (!route)
    return "proxies older than Linkerd 2.12 do not tell probes apart: some of these may be the kubelet's";
  if (route === 'default' || route === 'probe') return null;
  return `some of these come under the route ${route}: where that is a route for probes, they are the kubelet's`;
}

function addRefusal(flows: Flows, target: string, labels: Labels, value: number): void {
  const { tls, client_id: clientId, refusal } = labels;
  const isConnection = refusal === 'connection';
  const kind = isConnection ? 'authorization' : refusalKind(refusal);
  // Of a store's own rules, which are not ours: what kind it is cannot be told.
  if (kind === null) return;
  let flow: Flow | null = null;
  if (tls === 'true' && clientId) flow = refusedCaller(flows, clientId, target, kind);
  // A rate limit says no route: what it turned away without identity may be probes, unless others came so too.
  else if (tls && (kind !== 'rateLimit' || flows.find(unmeshedId(target), target)?.isEdge))
    flow = flows.fromUnmeshed(target);
  flow?.addRefused(kind, value);
  if (isConnection) flow?.note('what policy refuses here are (also) TCP connections');
}

/** An identity is an edge's client when one workload of its namespace calls the target. */
function addClientIds(flows: Flows, identities: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [target, ids] of identities) {
    const byNamespace = Map.groupBy(ids, (id) => serviceAccountOf(id)?.namespace ?? null);
    for (const [namespace, calls] of flows.callsByNamespace(target)) {
      const clientIds = byNamespace.get(namespace);
      const [caller, ...others] = calls;
      if (caller && clientIds && others.length === 0) caller.clientIds = clientIds;
    }
  }
}
