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
const DAY_MS = 24 * 60 * 60_000;
/** From the pod's making to its proxy's start. */
const BIRTH_MS = 2_000;

export interface Life {
  /** Unix milliseconds. */
  readonly createdAtMs: number;
  /** Of its containers. */
  readonly startedAtMs: number;
  readonly restarts: number;
}

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
  readonly #watchers = new Set<(pod: Pod) => void>();
  readonly #lives = new Map<string, Life>();
  readonly startedAtMs: number;
  #nextTick: number;

  constructor({ cluster, seed, startedAtMs }: WorldOptions) {
    this.cluster = cluster;
    this.startedAtMs = startedAtMs;
    this.#traffic = new Traffic({ cluster, seed, switches: this.switches });
    this.#nextTick = Math.ceil(startedAtMs / TICK_MS);
    // One after the other, as a cluster brings them up.
    for (const pod of cluster.pods) {
      const age = pod.ageDays === null ? 3_000 + pod.ordinal * 211 : pod.ageDays * DAY_MS;
      this.#begin(pod, startedAtMs - age);
    }
  }

  get proxies(): ReadonlyMap<string, MeshProxy> {
    return this.#proxies;
  }

  lifeOf(pod: Pod): Life {
    const life = this.#lives.get(pod.key);
    if (!life) throw new Error(`no such pod: ${pod.key}; it was replaced before`);
    return life;
  }

  /** Called with every pod whose containers begin anew, or whose place another one took. */
  onRestart(watcher: (pod: Pod) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
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
      for (const pod of this.cluster.pods) if (isRestartDue(pod, atMs)) this.#again(pod, atMs);
      this.#traffic.tick(this.#nextTick, sink);
      this.#nextTick++;
    }
  }

  /** Tap asked this pod's proxy for requests: one more thing that a proxy counts. */
  tapped(pod: Pod, atMs: number): void {
    const tap = this.cluster.pods.find(({ workload }) => workload.infrastructure?.taps);
    if (tap) this.#exchange(tapCall(tap, pod, atMs));
  }

  /** The containers of the pod begin anew: the counters of its proxy too. */
  restart(pod: Pod, nowMs: number): void {
    this.advanceTo(nowMs);
    this.#again(pod, nowMs);
  }

  /** The pod is deleted, and its workload makes another. */
  replace(pod: Pod, nowMs: number): Pod {
    this.advanceTo(nowMs);
    const next = this.cluster.replace(pod);
    this.#proxies.delete(pod.key);
    this.#lives.delete(pod.key);
    for (const proxy of this.#proxies.values()) proxy.lost(pod);
    this.#begin(next, nowMs);
    for (const watcher of this.#watchers) watcher(pod);
    return next;
  }

  #begin(pod: Pod, atMs: number): void {
    this.#lives.set(pod.key, { createdAtMs: atMs - BIRTH_MS, startedAtMs: atMs, restarts: 0 });
    this.#start(pod, atMs);
  }

  #again(pod: Pod, atMs: number): void {
    const life = this.lifeOf(pod);
    this.#lives.set(pod.key, { ...life, startedAtMs: atMs, restarts: life.restarts + 1 });
    this.#start(pod, atMs);
    for (const watcher of this.#watchers) watcher(pod);
  }

  #start(pod: Pod, atMs: number): void {
    if (!pod.meshed) return;
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
