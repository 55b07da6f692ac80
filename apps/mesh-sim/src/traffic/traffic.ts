// Time into traffic: for each tick, what happened in it. The same seed, tick and switches give the same traffic.

import type { Cluster, Pod } from '../cluster.ts';
import type { Exchange, Flow } from '../exchange.ts';
import { createRng, hashText, mix, pick, poisson, type Rng } from '../rng.ts';
import type { Link } from '../scenario/scenario.ts';
import type { Switches } from '../switches.ts';
import { type CallContext, call } from './calls.ts';
import { Gate } from './gate.ts';
import { noise } from './noise.ts';
import type { Sink } from './sink.ts';

export const TICK_MS = 250;

export interface TrafficOptions {
  readonly cluster: Cluster;
  readonly switches: Switches;
  readonly seed: number;
}

/** Slow swell and quick ripple, so that a sparkline has something to show; 1 on average. */
function swell(phase: number, seconds: number): number {
  return (
    1 +
    0.16 * Math.sin((2 * Math.PI * seconds) / 260 + phase) +
    0.07 * Math.sin((2 * Math.PI * seconds) / 53 + 2 * phase)
  );
}

/** Addresses outside that callers come from: documentation ranges, nobody's. */
function visitorIp(rng: Rng): string {
  return `198.51.100.${20 + Math.floor(rng.next() * 6)}`;
}

export class Traffic {
  readonly #options: TrafficOptions;
  readonly #gate = new Gate();
  readonly #lastFailFast = new Map<string, number>();

  constructor(options: TrafficOptions) {
    this.#options = options;
  }

  tick(index: number, sink: Sink): void {
    const { cluster, switches, seed } = this.#options;
    const fromMs = index * TICK_MS;
    const rng = createRng(mix(seed, index, Math.floor(index / 0x1_0000_0000)));
    const context: CallContext = {
      cluster,
      switches,
      rng,
      gate: this.#gate,
      lastFailFast: this.#lastFailFast,
      emit: (exchange: Exchange) => sink.exchange(exchange),
    };
    this.#crowds(context, fromMs);
    this.#loops(context, fromMs);
    this.#links(rng, fromMs, sink);
    for (const exchange of noise(cluster, rng, fromMs, TICK_MS)) sink.exchange(exchange);
  }

  #crowds(context: CallContext, fromMs: number): void {
    const { rng, cluster } = context;
    for (const { to, rps, mix: choices, authority } of cluster.scenario.crowds) {
      const mean = rps * swell(hashText(authority), fromMs / 1000) * (TICK_MS / 1000);
      for (const atMs of moments(rng, mean, fromMs))
        call(context, { type: 'outside', ip: visitorIp(rng) }, to, pick(rng, choices).ask, atMs, authority);
    }
  }

  #loops(context: CallContext, fromMs: number): void {
    const { rng, cluster, switches } = context;
    for (const pod of cluster.pods) {
      if (switches.idle.has(pod.workloadId)) continue;
      for (const { to, rpsPerPod, mix: choices } of pod.workload.loops ?? []) {
        const mean = rpsPerPod * swell(hashText(`${pod.key} ${to}`), fromMs / 1000) * (TICK_MS / 1000);
        for (const atMs of moments(rng, mean, fromMs))
          call(context, { type: 'pod', pod }, to, pick(rng, choices).ask, atMs);
      }
    }
  }

  #links(rng: Rng, fromMs: number, sink: Sink): void {
    const { cluster, switches } = this.#options;
    for (const pod of cluster.pods) {
      if (switches.idle.has(pod.workloadId)) continue;
      for (const link of pod.workload.links ?? []) {
        const flow = this.#flow(rng, pod, link, fromMs);
        if (flow) sink.flow(flow);
      }
    }
  }

  #flow(rng: Rng, source: Pod, link: Link, fromMs: number): Flow | null {
    const { cluster, switches } = this.#options;
    const seconds = TICK_MS / 1000;
    const factor = swell(source.ordinal, fromMs / 1000) * (0.5 + rng.next());
    const moved = {
      atMs: fromMs,
      source,
      held: link.held,
      opened: poisson(rng, link.opensPerSecond * seconds),
      readBytes: Math.round(link.readBytesPerSecond * seconds * factor),
      writtenBytes: Math.round(link.writeBytesPerSecond * seconds * factor),
    };
    const external = cluster.externals.get(link.to);
    if (external)
      return {
        ...moved,
        destination: { type: 'external', external, network: cluster.egressOf.get(source.namespace) ?? null },
        target: null,
        port: external.port,
        secured: false,
        arrives: false,
      };
    const service = cluster.services.get(link.to);
    const target = service?.pods[source.ordinal % service.pods.length];
    if (!service || !target) throw new Error(`unknown link: ${link.to}; name a service with pods`);
    if (switches.idle.has(target.workloadId)) return null;
    const unlocked = switches.isUnlocked(source.workloadId, target.workloadId);
    return {
      ...moved,
      destination: { type: 'service', service, backend: service },
      target,
      port: service.targetPort,
      secured: source.meshed && target.meshed && !unlocked,
      arrives: target.meshed && !unlocked,
    };
  }
}

/** Moments within a tick, in order. */
function moments(rng: Rng, mean: number, fromMs: number): number[] {
  const count = poisson(rng, mean);
  return Array.from({ length: count }, () => fromMs + rng.next() * TICK_MS).sort((a, b) => a - b);
}
