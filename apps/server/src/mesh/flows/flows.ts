// All edges of one round of answers, by their two ends.

import { unmeshedId } from '@latchwork/shared/node-id';
import type { Labels } from '../../sources/prometheus/sample.ts';
import type { Identities } from '../inventory/identity.ts';
import { Flow } from './flow.ts';
import { createWorkloads, type Peer, sourceOf, targetOf, type WorkloadPeer } from './peer.ts';
import type { RemotePeerOf } from './remote-peers.ts';

/** What is known of a workload besides its edges. */
export interface Subject {
  readonly peer: WorkloadPeer;
  /** Its own proxies are scraped. */
  scraped: boolean;
  /** Discovery says that its pods have a proxy; null when it says nothing. */
  discovered: boolean | null;
}

export class Flows {
  readonly #all: Flow[] = [];
  readonly #bySource = new Map<string, Map<string, Flow>>();
  readonly #byTarget = new Map<string, Flow[]>();
  readonly #fromUnmeshed = new Map<string, Flow>();
  readonly #workloads = createWorkloads((peer) => this.know(peer));
  readonly peers = new Map<string, Peer>();
  readonly subjects = new Map<string, Subject>();
  readonly infrastructure = new Set<string>();
  /** Rows whose labels do not say whose they are. */
  unattributed = 0;
  /** Which workloads run under which identity; null without Kubernetes. */
  readonly identities: Identities | null;

  readonly #remotePeerOf: RemotePeerOf;

  constructor(identities: Identities | null = null, remotePeerOf: RemotePeerOf = () => null) {
    this.identities = identities;
    this.#remotePeerOf = remotePeerOf;
  }

  between(source: string, target: string): Flow {
    let targets = this.#bySource.get(source);
    if (!targets) {
      targets = new Map();
      this.#bySource.set(source, targets);
    }
    let flow = targets.get(target);
    if (!flow) {
      flow = new Flow(source, target);
      targets.set(target, flow);
      this.#all.push(flow);
      const into = this.#byTarget.get(target);
      if (into) into.push(flow);
      else this.#byTarget.set(target, [flow]);
    }
    return flow;
  }

  /** From the callers of `target` that have no proxy. */
  fromUnmeshed(target: string): Flow {
    let flow = this.#fromUnmeshed.get(target);
    if (!flow) {
      flow = this.between(unmeshedId(target), target);
      flow.isCountedByTarget = true;
      this.#fromUnmeshed.set(target, flow);
    }
    return flow;
  }

  find(source: string, target: string): Flow | undefined {
    return this.#bySource.get(source)?.get(target);
  }

  /** The workload that counted a row, known from then on; null when its labels do not say. */
  sourceOf(labels: Labels): WorkloadPeer | null {
    return sourceOf(labels, this.#workloads);
  }

  /** Whom an outbound row went to, known from then on; null when it does not say. */
  targetOf(labels: Labels): Peer | null {
    const target = this.#remotePeerOf(labels) ?? targetOf(labels, this.#workloads);
    if (target && target.type !== 'workload') this.know(target);
    return target;
  }

  know(peer: Peer): Peer {
    const known = this.peers.get(peer.id);
    if (known && (known.type !== 'external' || known.name !== null)) return peer;
    this.peers.set(peer.id, peer);
    if (peer.type === 'workload') this.subjects.set(peer.id, { peer, scraped: false, discovered: null });
    return peer;
  }

  /** Calls of workloads to `target`, by the callers' namespace. Complete once all outbound series were added. */
  callsByNamespace(target: string): Map<string, Flow[]> {
    const calls = new Map<string, Flow[]>();
    for (const flow of this.into(target)) {
      const peer = this.peers.get(flow.source);
      if (peer?.type !== 'workload' || !flow.isCall) continue;
      const known = calls.get(peer.namespace);
      if (known) known.push(flow);
      else calls.set(peer.namespace, [flow]);
    }
    return calls;
  }

  into(target: string): readonly Flow[] {
    return this.#byTarget.get(target) ?? [];
  }

  all(): readonly Flow[] {
    return this.#all;
  }
}
