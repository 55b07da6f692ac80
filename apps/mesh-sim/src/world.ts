// The mesh in time: advances in ticks up to the moment it is asked for, and hands what happens to proxies and listeners.
// Reads no clock: the same cluster, seed, start and switches give the same counters at the same moment.

import type { Cluster, Pod } from './cluster.ts';
import type { Exchange, Flow } from './exchange.ts';
import { MeshProxy } from './mesh-proxy.ts';
import { Switches } from './switches.ts';
import { startupProbe, tapCall } from './traffic/noise.ts';
import type { Sink } from './traffic/sink.ts';
import { TICK_MS, Traffic } from './traffic/traffic.ts';

/** After a longer sleep of the machine, what nobody scraped is not made up. */
const CATCH_UP_MS = 15 * 60_000;

export interface WorldOptions {
  readonly cluster: Cluster;
  readonly seed: number;
  /** Unix milliseconds when its proxies started. */
  readonly startedAtMs: number;
}

export class World {
  readonly cluster: Cluster;
  readonly switches = new Switches();
  readonly #traffic: Traffic;
  readonly #proxies = new Map<string, MeshProxy>();
  readonly #listeners = new Set<Sink>();
  #nextTick: number;

  constructor({ cluster, seed, startedAtMs }: WorldOptions) {
    this.cluster = cluster;
    this.#traffic = new Traffic({ cluster, seed, switches: this.switches });
    this.#nextTick = Math.ceil(startedAtMs / TICK_MS);
    // One after the other, as a cluster brings them up.
    for (const pod of cluster.pods) if (pod.meshed) this.#start(pod, startedAtMs - 3_000 - pod.ordinal * 211);
  }

  get proxies(): ReadonlyMap<string, MeshProxy> {
    return this.#proxies;
  }

  /** Called for everything that happens from now on; the returned function ends it. */
  listen(sink: Sink): () => void {
    this.#listeners.add(sink);
    return () => this.#listeners.delete(sink);
  }

  advanceTo(nowMs: number): void {
    const sink: Sink = {
      exchange: (exchange) => this.#exchange(exchange),
      flow: (flow) => this.#flow(flow),
    };
    this.#nextTick = Math.max(this.#nextTick, Math.floor((nowMs - CATCH_UP_MS) / TICK_MS));
    while ((this.#nextTick + 1) * TICK_MS <= nowMs) {
      const atMs = this.#nextTick * TICK_MS;
      for (const pod of this.cluster.pods) if (isRestartDue(pod, atMs)) this.#start(pod, atMs);
      this.#traffic.tick(this.#nextTick, sink);
      this.#nextTick++;
    }
  }

  /** Tap asked this pod's proxy for requests: one more thing that a proxy counts. */
  tapped(pod: Pod, atMs: number): void {
    const tap = this.cluster.pods.find(({ workload }) => workload.infrastructure?.taps);
    if (tap) this.#exchange(tapCall(tap, pod, atMs));
  }

  /** The proxy begins anew: its counters too. */
  restart(pod: Pod, nowMs: number): void {
    this.advanceTo(nowMs);
    this.#start(pod, nowMs);
  }

  #start(pod: Pod, atMs: number): void {
    const proxy = new MeshProxy(pod, this.cluster, atMs);
    this.#proxies.set(pod.key, proxy);
    proxy.received(startupProbe(pod, atMs));
  }

  #exchange(exchange: Exchange): void {
    const { caller, target, arrives } = exchange;
    if (caller.type === 'pod') this.#proxies.get(caller.pod.key)?.sent(exchange);
    if (target && arrives) this.#proxies.get(target.key)?.received(exchange);
    for (const listener of this.#listeners) listener.exchange(exchange);
  }

  #flow(flow: Flow): void {
    this.#proxies.get(flow.source.key)?.sentFlow(flow);
    if (flow.target && flow.arrives) this.#proxies.get(flow.target.key)?.receivedFlow(flow);
    for (const listener of this.#listeners) listener.flow(flow);
  }
}

/** By the clock on the wall, not by the start of the simulation: the same moment is the same for every run. */
function isRestartDue({ meshed, restartsEverySeconds }: Pod, atMs: number): boolean {
  return meshed && restartsEverySeconds !== null && atMs % (restartsEverySeconds * 1000) < TICK_MS;
}
