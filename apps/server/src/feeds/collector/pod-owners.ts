// Who owns pods that Linkerd knows no owner of, as far as their own labels say: asked rarely, and when a new one shows.

import { hasOwner } from '../../mesh/flows/peer.ts';
import { toPodOwners } from '../../mesh/flows/pod-owners.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { podOwnersQuery } from '../../sources/prometheus/pod-owners.ts';
import type { Labels, Sample } from '../../sources/prometheus/sample.ts';

export interface PodOwnersAsk {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
  /** Unix seconds: the window's end. */
  readonly moment: number;
  readonly windowSeconds: number;
  readonly signal: AbortSignal;
}

const ASK_EVERY_MS = 300_000;
const NEW_EVERY_MS = 15_000;

export class PodOwners {
  /** Unix milliseconds. */
  readonly #now: () => number;
  #known: ReadonlyMap<string, string> = new Map();
  #asked = new Set<string>();
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Id of a pod → id of its owner. */
  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /** Not answered is not known. Never rejects. */
  async settled({ client, matchers, moment, windowSeconds, signal }: PodOwnersAsk): Promise<void> {
    if (this.#now() < this.#dueMs) return;
    this.#dueMs = this.#now() + ASK_EVERY_MS;
    const text = podOwnersQuery({ matchers, windowSeconds });
    const pods = await client.query(text, { tier: 'start', atSeconds: moment, signal }).catch(() => null);
    if (pods === null) return;
    this.#known = toPodOwners(pods);
    this.#asked = new Set(pods.map(({ labels }) => keyOf(labels)));
  }

  /** Pods without an owner that somebody counts for: of a new one nothing is known yet. */
  meet(samples: readonly Sample[]): void {
    const met = samples.filter(({ labels }) => labels['pod'] && !hasOwner(labels));
    const unknown = met.map(({ labels }) => keyOf(labels)).filter((key) => !this.#asked.has(key));
    if (unknown.length === 0) return;
    for (const key of unknown) this.#asked.add(key);
    this.#dueMs = Math.min(this.#dueMs, this.#now() + NEW_EVERY_MS);
  }
}

function keyOf({ namespace, pod }: Labels): string {
  return `${namespace ?? ''}/${pod ?? ''}`;
}
