// One proxy: counts what its pod did and prints its page. It never decides what happens.

import type { Cluster, Pod } from './cluster.ts';
import type { Exchange, Flow } from './exchange.ts';
import { ControlPlane } from './metrics/control-plane.ts';
import type { Family } from './metrics/exposition.ts';
import { InboundSide } from './metrics/inbound-side.ts';
import { OutboundFamilies } from './metrics/outbound-families.ts';
import { OutboundLinks } from './metrics/outbound-links.ts';
import { OutboundRequests } from './metrics/outbound-requests.ts';
import { Policies } from './metrics/policy.ts';
import { ProcessMetrics } from './metrics/process.ts';
import { Requests } from './metrics/requests.ts';
import { Runtime } from './metrics/runtime.ts';
import { Transport } from './metrics/transport.ts';

export class MeshProxy {
  readonly pod: Pod;
  readonly startedAtMs: number;
  readonly #transport = new Transport();
  readonly #runtime = new Runtime();
  readonly #control: ControlPlane;
  readonly #process: ProcessMetrics;
  readonly #inbound: InboundSide;
  readonly #outbound: OutboundRequests;
  readonly #links: OutboundLinks;
  /** In the order of a page. */
  readonly #families: readonly Family[];

  constructor(pod: Pod, cluster: Cluster, startedAtMs: number) {
    this.pod = pod;
    this.startedAtMs = startedAtMs;
    const startedAtSeconds = startedAtMs / 1000;
    const { workload } = pod;
    const policies = new Policies();
    const requests = new Requests('');
    const outbound = new OutboundFamilies();
    const calls = (workload.loops?.length ?? 0) + (workload.links?.length ?? 0);
    const ports = (workload.listener ? 1 : 0) + (workload.infrastructure?.adminPorts.length ?? 0);
    this.#control = new ControlPlane({ startedAtSeconds, destinations: 1 + calls, policies: 2 + ports });
    this.#process = new ProcessMetrics(startedAtSeconds);
    this.#inbound = new InboundSide(this.#transport, requests, policies);
    this.#outbound = new OutboundRequests({
      pod,
      outbound,
      transport: this.#transport,
      requests,
      policies,
      grpcRoutes: cluster.scenario.grpcRoutes,
    });
    const { connectionRoutes: routes } = cluster.scenario;
    this.#links = new OutboundLinks({ pod, outbound, transport: this.#transport, routes });
    this.#families = [
      ...policies.families,
      ...requests.families,
      ...this.#control.requestFamilies,
      ...this.#transport.families,
      ...this.#runtime.families,
      ...this.#control.families,
      ...this.#inbound.detection.families,
      ...this.#inbound.routes.families,
      ...outbound.families,
      ...this.#process.families,
    ];
  }

  /** A request that came to its pod. */
  received(exchange: Exchange): void {
    this.#inbound.exchange(exchange);
  }

  /** A request that its pod sent. */
  sent(exchange: Exchange): void {
    this.#outbound.exchange(exchange);
  }

  receivedFlow(flow: Flow): void {
    this.#inbound.flow(flow);
  }

  sentFlow(flow: Flow): void {
    this.#links.flow(flow);
  }

  /** Another pod is gone: what was open to it and from it is closed. */
  lost(pod: Pod): void {
    this.#inbound.lost(pod);
    this.#outbound.lost(pod);
  }

  page(nowMs: number): string {
    const totals = this.#transport.totals();
    this.#runtime.update(totals.opens, this.#inbound.requestCount, this.#outbound.requestCount);
    this.#control.update(nowMs / 1000);
    this.#process.update(nowMs / 1000, totals);
    let text = '';
    for (const family of this.#families) text += family.text();
    return `${text}# EOF\n`;
  }
}
