// Meshed callers whose own counts are not stored (another cluster, pods that are not scraped, or a store that keeps only
// what arrives): known by the identity that their targets see.

import { serviceAccountOf } from '@latchwork/shared/identity';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';
import type { MeshAnswers } from '../answers.ts';
import { verdictOf } from '../lock/encryption.ts';
import { isNoise } from '../noise.ts';
import { areCalleesStored, dropCovered } from './callees.ts';
import { workloadOfIdentity } from './callers.ts';
import type { Flow } from './flow.ts';
import type { Flows } from './flows.ts';
import type { PictureOptions } from './outbound-flows.ts';
import { peerOfIdentity } from './peer.ts';

const NOT_SCRAPED = 'counted by the target: the proxies of this caller are not scraped';
const NOT_NAMED = 'counted by the target: the store does not say whom this caller called';
const NOT_STORED = 'counted by the target: the store has no outbound series of this caller';

/** Comes after all outbound series: an identity of a namespace from which someone is seen to call is not missing. */
export function addUnscraped(
  flows: Flows,
  answers: MeshAnswers,
  { noise, windowSeconds }: PictureOptions,
): void {
  // Without the callers' own counts nobody can be said to be missing from them.
  if (!answers.outbound || !answers.open) return;
  const areNamed = areCalleesStored(answers);
  // What is added here counts as nobody's own: an answer stays true. A popular target has thousands of callers.
  const ownCallers = new Map<string, ReadonlySet<string>>();
  function hasOwnCaller(namespace: string, target: string): boolean {
    let namespaces = ownCallers.get(target);
    if (!namespaces) {
      const all = [...flows.callsByNamespace(target)];
      const own = all.filter(([, calls]) => calls.some((flow) => !flow.isCountedByTarget));
      namespaces = new Set(own.map(([name]) => name));
      ownCallers.set(target, namespaces);
    }
    return namespaces.has(namespace);
  }
  function each(
    samples: readonly Sample[] | undefined,
    add: (flow: Flow, labels: Labels, value: number) => void,
  ) {
    for (const { labels, value } of samples ?? []) {
      const { client_id: clientId, tls } = labels;
      if (!clientId || tls !== 'true' || !(value > 0)) continue;
      if (noise !== 'show' && isNoise(labels) !== (noise === 'only')) continue;
      const target = flows.sourceOf(labels);
      if (!target) continue;
      const namespace = serviceAccountOf(clientId)?.namespace;
      if (namespace && hasOwnCaller(namespace, target.id)) continue;
      const known = peerOfIdentity(clientId);
      if (!known) continue;
      const caller = workloadOfIdentity(flows, clientId) ?? flows.know(known);
      const flow = flows.between(caller.id, target.id);
      flow.isCountedByTarget = true;
      add(flow, labels, value);
      flow.clientIds = [...new Set([...flow.clientIds, clientId])];
      flow.note(!areNamed ? NOT_NAMED : caller.type === 'workload' ? NOT_STORED : NOT_SCRAPED);
    }
  }

  each(answers.inbound, (flow, labels, value) => {
    flow.responses.add(labels, value);
    flow.requestLock.add(value, verdictOf(labels, labels['client_id']));
  });
  const opened = answers.admitted?.filter(({ labels }) => labels['admitted'] === 'opened');
  each(opened, (flow, labels, value) => {
    const port = labels['target_port'] ?? '';
    flow.connectionLock.add(value * windowSeconds, verdictOf(labels, labels['client_id']));
    flow.markTcp(port);
    flow.addPort(port, 'opensPerSecond', value);
  });
  if (!areNamed) dropCovered(flows);
}
