// Who owns pods that Linkerd knows no owner of, as far as their own labels, their callers or their names say: asked rarely, and
// when a new one shows.

import { workloadId } from '@latchwork/shared/node-id';
import { hasOwner } from '../../../mesh/flows/peer.ts';
import { guessedOwners, toPodOwners } from '../../../mesh/flows/pod-owners.ts';
import { podKey } from '../../../mesh/store/pod-places.ts';
import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { calledPodsQuery } from '../../../sources/prometheus/questions/endpoints.ts';
import { podOwnersQuery } from '../../../sources/prometheus/questions/owners/pod-owners.ts';
import type { Labels, Sample } from '../../../sources/prometheus/sample.ts';
import { Due } from '../due.ts';

export interface PodOwnersAsk {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
  /** Unix seconds: the window's end. */
  readonly moment: number;
  readonly windowSeconds: number;
  readonly signal: AbortSignal;
}

const NEW_EVERY_MS = 15_000;

export class PodOwners {
  readonly #due: Due;
  #known: ReadonlyMap<string, string> = new Map();
  #guessed = 0;
  /** Those that an answer had, or was asked for: what it lacks, the next one lacks as well. */
  #asked = new Set<string>();
  /** Those of the last round. */
  #met: readonly string[] = [];

  /** `now`: Unix milliseconds. */
  constructor(now: () => number) {
    this.#due = new Due(now);
  }

  /** Id of a pod → id of its owner. */
  get known(): ReadonlyMap<string, string> {
    return this.#known;
  }

  /** Pods of which neither Linkerd's labels nor an operator's say whose they are. */
  get guessed(): number {
    return this.#guessed;
  }

  /** Not answered is not known. Never rejects. */
  async settled({ client, matchers, moment, windowSeconds, signal }: PodOwnersAsk): Promise<void> {
    if (!this.#due.isNow) return;
    const text = podOwnersQuery({ matchers, windowSeconds });
    const options = { tier: 'start', atSeconds: moment, signal };
    const pods = await client.query(text, options).catch(() => null);
    const known = pods && toPodOwners(pods);
    const others = pods?.filter(({ labels }) => !known?.has(podId(labels))) ?? [];
    const called =
      others.length === 0 ? [] : await client.query(calledPodsQuery(matchers), options).catch(() => null);
    if (signal.aborted) return;
    if (pods === null || known === null || called === null) {
      this.#due.failed();
      return;
    }
    this.#due.answered();
    const guessed = guessedOwners(others, called);
    this.#known = new Map([...guessed, ...known]);
    this.#guessed = guessed.size;
    this.#asked = new Set([
      ...pods.map(({ labels }) => podKey(labels['namespace'], labels['pod'])),
      ...this.#met,
    ]);
  }

  /** Pods without an owner that somebody counts for: of a new one nothing is known yet. */
  meet(samples: readonly Sample[]): void {
    const met = samples.filter(({ labels }) => labels['pod'] && !hasOwner(labels));
    this.#met = met.map(({ labels }) => podKey(labels['namespace'], labels['pod']));
    const unknown = this.#met.filter((key) => !this.#asked.has(key));
    if (unknown.length === 0) return;
    for (const key of unknown) this.#asked.add(key);
    this.#due.within(NEW_EVERY_MS);
  }
}

function podId({ namespace = '', pod = '' }: Labels): string {
  return workloadId(namespace, 'pod', pod);
}
