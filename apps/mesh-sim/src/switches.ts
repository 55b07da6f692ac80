// What was turned on from outside: failures, slowness, lost locks, silence, other weights. State only; `control.ts` is how it changes.

import type { Service } from './scenario/scenario.ts';

interface Reweighed {
  readonly weights: readonly number[];
  /** Unix milliseconds. */
  readonly atMs: number;
}

export interface WeighedSplit {
  readonly route: string;
  readonly backends: readonly { readonly service: string; readonly weight: number }[];
  readonly atMs: number | null;
}

export class Switches {
  /** Workload id → share of its answers that fail. */
  readonly failing = new Map<string, number>();
  /** Workload id → factor on its own time. */
  readonly slow = new Map<string, number>();
  /** Clusters whose gateway does not answer, and since when (Unix milliseconds). */
  readonly gatewaysDown = new Map<string, number>();
  /** Workload ids that neither call nor are called. */
  readonly idle = new Set<string>();
  readonly #unlocked = new Set<string>();
  /** `namespace/route` → the weights of its backends, in their order. */
  readonly #weights = new Map<string, Reweighed>();

  unlock(sourceId: string, targetId: string): void {
    this.#unlocked.add(`${sourceId} ${targetId}`);
  }

  isUnlocked(sourceId: string, targetId: string): boolean {
    return this.#unlocked.has(`${sourceId} ${targetId}`);
  }

  /** As a rollout does, step by step. */
  reweigh(route: string, weights: readonly number[], atMs: number): void {
    this.#weights.set(route, { weights, atMs });
  }

  /** Of a Service whose requests are split: its backends as they are weighed now, and since when where that was changed. */
  splitOf({ namespace, split }: Pick<Service, 'namespace' | 'split'>): WeighedSplit | null {
    if (!split) return null;
    const { weights = [], atMs = null } = this.#weights.get(`${namespace}/${split.route}`) ?? {};
    const backends = split.backends.map((one, i) => ({ ...one, weight: weights[i] ?? one.weight }));
    return { route: split.route, backends, atMs };
  }

  reset(): void {
    this.failing.clear();
    this.slow.clear();
    this.idle.clear();
    this.gatewaysDown.clear();
    this.#unlocked.clear();
    this.#weights.clear();
  }

  toJSON() {
    return {
      failing: Object.fromEntries(this.failing),
      slow: Object.fromEntries(this.slow),
      idle: [...this.idle],
      gatewaysDown: [...this.gatewaysDown.keys()],
      weights: Object.fromEntries(this.#weights),
      unlocked: [...this.#unlocked].map((pair) => {
        const [source, target] = pair.split(' ');
        return { source, target };
      }),
    };
  }
}
