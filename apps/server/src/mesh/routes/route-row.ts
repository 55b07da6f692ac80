// One route while it is added up, from what callers' proxies count and from what Kubernetes' objects say of it.

import type { Route, RouteBackend } from '@latchwork/shared/routes/routes';
import { Tally } from './tally.ts';

/** Metrics know objects by these; a default route has neither group nor namespace. */
export interface RouteKey {
  readonly parent: string;
  readonly kind: string;
  readonly group: string;
  readonly namespace: string;
  readonly name: string;
}

interface Backend {
  weight: number | null;
  tally: Tally;
}

/** Upper ends of the finite buckets, in ms, of each family. */
const ROUTE_BOUNDS_MS = [50, 500, 1_000, 10_000];

export class RouteRow {
  readonly key: RouteKey;
  readonly tally: Tally;
  /** Every attempt, where the family has them apart. */
  readonly tried = new Tally();
  readonly backends = new Map<string, Backend>();
  readonly retries = { perSecond: 0, succeededPerSecond: 0, isKnown: false };
  readonly boundsMs = new Set<number>();
  /** Null: nobody in the cluster knows of such an object. */
  matches: string[] | null = null;
  rules: number | null = null;
  /** RFC 3339: what weighs the backends was not changed after. */
  weightsSince: string | null = null;
  /** Weights configured for backends that are not there. */
  readonly missingBackends = new Set<string>();
  refusedRps = 0;
  /** RFC 3339: of two that match the same, the older one counts. Null where nobody knows of an object. */
  createdAt: string | null = null;
  /** Why Linkerd does not accept it; null where it does, or has not said. */
  refusal: string | null = null;
  /** Some rule gives all its backends weight 0. */
  isAllZero = false;
  /** Connections are counted when they end, and no requests. */
  isTcp = false;
  /** Some caller has had a connection that took it, whether or not one ended in the window. */
  isKnownToCallers = false;

  /** Whose callers alone it is for, where metrics do not tell; null for a route of its parent's namespace. */
  consumer: string | null = null;
  /** Its backends are told apart by what their endpoints answered, whichever way they were asked. */
  byAnswers = false;
  /** By what endpoints answered, because proxies counted it under the name of another Service, too. */
  isMerged = false;

  constructor(key: RouteKey, tally = new Tally()) {
    this.key = key;
    this.tally = tally;
  }

  /** Of the object behind it. */
  get namespace(): string {
    return this.consumer ?? this.key.namespace;
  }

  backend(target: string): Backend {
    let backend = this.backends.get(target);
    if (!backend) {
      backend = { weight: null, tally: new Tally() };
      this.backends.set(target, backend);
    }
    return backend;
  }

  toRoute(windowSeconds: number, finding: Route['finding']): Route {
    const { parent, kind, group, name } = this.key;
    return {
      id: `${parent} ${group}/${kind}/${this.key.namespace}/${name}`,
      kind,
      group,
      namespace: this.namespace,
      parent,
      name,
      rule: this.rules === 1 ? 0 : null,
      matches: this.matches,
      backends: this.#toBackends(windowSeconds),
      golden: this.tally.golden(windowSeconds),
      tried: this.#toTried(),
      retries: this.retries.isKnown
        ? { perSecond: this.retries.perSecond, succeededPerSecond: this.retries.succeededPerSecond }
        : null,
      timeouts: this.isTcp || this.isMerged || this.tally.rps === 0 ? null : this.tally.timeouts,
      refused: this.refusedRps > 0 ? this.refusedRps : null,
      latencyBoundsMs:
        this.boundsMs.size > 0 ? [...this.boundsMs].sort((a, b) => a - b) : this.isTcp ? [] : ROUTE_BOUNDS_MS,
      weightsSince: [...this.backends.values()].some(({ weight }) => weight !== null)
        ? this.weightsSince
        : null,
      counts: this.isTcp ? 'connections' : 'requests',
      finding,
    };
  }

  #toBackends(windowSeconds: number): RouteBackend[] {
    const all = [...this.backends.values()].reduce((sum, { tally }) => sum + tally.rps, 0);
    return [...this.backends]
      .map(([target, { weight, tally }]) => ({
        target,
        weight,
        share: all > 0 ? tally.rps / all : null,
        golden: tally.golden(windowSeconds),
      }))
      .sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0) || (a.target < b.target ? -1 : 1));
  }

  /** Of a ServiceProfile by its own family, of the others what reached backends; only where it is something else. */
  #toTried(): Route['tried'] {
    const { rps, successRate } = this.tried;
    return rps > this.tally.rps * (1 + NOISE) ? { rps, successRate } : null;
  }
}

/** Families that are scraped apart differ by so much without a cause. */
const NOISE = 0.02;
