// What holds for the whole store and is asked rarely: the scrape interval, what is there at all, bare pods.

import type { PrometheusClient } from '../sources/prometheus/client.ts';
import { familiesQuery, scrapeIntervalQuery } from '../sources/prometheus/start-up.ts';
import { toInterval } from './pace.ts';

const ASK_EVERY_MS = 300_000;
/** A store that has just begun knows no interval yet; one that never will is not asked for ever. */
const MOST_TRIES = 30;

export interface StartUpOptions {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
  readonly now: () => number;
}

export class StartUp {
  readonly #options: StartUpOptions;
  /** Whether some series have no owner: asked by pod from then on. */
  barePods = false;
  #interval: number | null = null;
  #intervalAskedMs = Number.NEGATIVE_INFINITY;
  #tries = 0;
  #families: ReadonlyMap<string, number> | null = null;
  #familiesAskedMs = Number.NEGATIVE_INFINITY;

  constructor(options: StartUpOptions) {
    this.#options = options;
  }

  knownInterval(): number | null {
    return this.#interval;
  }

  /** Seconds; null while the data has none. Throws when the store does not answer. */
  async scrapeInterval(atSeconds: number, signal: AbortSignal): Promise<number | null> {
    const { client, matchers, now } = this.#options;
    const isDue = now() - this.#intervalAskedMs >= ASK_EVERY_MS;
    if (!isDue && (this.#interval !== null || this.#tries >= MOST_TRIES)) return this.#interval;
    const [sample] = await client.query(scrapeIntervalQuery(matchers), { tier: 'start', atSeconds, signal });
    this.#intervalAskedMs = now();
    this.#tries++;
    this.#interval = toInterval(sample?.value) ?? this.#interval;
    return this.#interval;
  }

  /** Series by family, or null when that is not known; its failure is not worth more than that. */
  async families(atSeconds: number, signal: AbortSignal): Promise<ReadonlyMap<string, number> | null> {
    const { client, matchers, now } = this.#options;
    if (now() - this.#familiesAskedMs < ASK_EVERY_MS && this.#families?.size) return this.#families;
    try {
      const samples = await client.query(familiesQuery(matchers), { tier: 'start', atSeconds, signal });
      this.#families = new Map(samples.map(({ labels, value }) => [labels['__name__'] ?? '', value]));
      this.#familiesAskedMs = now();
    } catch {
      this.#families = null;
    }
    return this.#families;
  }
}
