// All edges of one round of answers, by their two ends.

import { Flow } from './flow.ts';
import type { Identities } from './inventory-identity.ts';
import type { Peer, WorkloadPeer } from './peer.ts';

/** What is known of a workload besides its edges. */
export interface Subject {
  readonly peer: WorkloadPeer;
  /** Its own proxies are scraped. */
  scraped: boolean;
  /** Discovery says that its pods have a proxy; null when it says nothing. */
  discovered: boolean | null;
}

export class Flows {
  readonly #flows = new Map<string, Flow>();
  readonly peers = new Map<string, Peer>();
  readonly subjects = new Map<string, Subject>();
  readonly infrastructure = new Set<string>();
  /** Rows whose labels do not say whose they are. */
  unattributed = 0;
  /** Which workloads run under which identity; null without Kubernetes. */
  readonly identities: Identities | null;

  constructor(identities: Identities | null = null) {
    this.identities = identities;
  }

  between(source: string, target: string): Flow {
    const key = `${source}\n${target}`;
    let flow = this.#flows.get(key);
    if (!flow) {
      flow = new Flow(source, target);
      this.#flows.set(key, flow);
    }
    return flow;
  }

  find(source: string, target: string): Flow | undefined {
    return this.#flows.get(`${source}\n${target}`);
  }

  know(peer: Peer): Peer {
    const known = this.peers.get(peer.id);
    if (!known || (known.type === 'external' && known.name === null)) this.peers.set(peer.id, peer);
    if (peer.type === 'workload' && !this.subjects.has(peer.id))
      this.subjects.set(peer.id, { peer, scraped: false, discovered: null });
    return peer;
  }

  /** Workloads of `namespace` that call `target`. */
  callersIn(namespace: string, target: string): Flow[] {
    return this.into(target).filter((flow) => {
      const peer = this.peers.get(flow.source);
      return peer?.type === 'workload' && peer.namespace === namespace && flow.isCall;
    });
  }

  #byTarget: Map<string, Flow[]> | null = null;

  /** Complete once all outbound series were added. */
  into(target: string): readonly Flow[] {
    if (this.#byTarget?.get('')?.length !== this.#flows.size) {
      this.#byTarget = new Map([['', [...this.#flows.values()]]]);
      for (const flow of this.#flows.values()) {
        const list = this.#byTarget.get(flow.target);
        if (list) list.push(flow);
        else this.#byTarget.set(flow.target, [flow]);
      }
    }
    return this.#byTarget.get(target) ?? [];
  }

  all(): Flow[] {
    return [...this.#flows.values()];
  }
}
