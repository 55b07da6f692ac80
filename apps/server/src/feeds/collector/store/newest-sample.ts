// How late samples arrive: behind remote write, agents or Thanos the newest minute is not there yet (truth rule 16).

import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { ageQuery, type Families } from '../../../sources/prometheus/questions/sampling.ts';
import { isGone } from '../ask-round.ts';

export interface NewestSampleOptions {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
  readonly signal: AbortSignal;
}

const ASK_EVERY_MS = 60_000;
/** Older than this is no late sample: the scrapes have ended, and other words say so. */
const MOST_SECONDS = 580;
/** An instant query sees nothing older than five minutes: then it is asked as of a little less than that. */
export const LOOKBACK_SECONDS = 290;

export class NewestSample {
  /** Unix milliseconds. */
  readonly #now: () => number;
  #ageSeconds: number | null = null;
  /** Those that were there last, and those to try where they are not. */
  #families: { readonly known: Families; readonly other: Families } = { known: 'few', other: 'any' };
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Its age, where that says more than when the last scrape was; null when nothing is known. Throws when the store does not answer. */
  async ageSeconds(
    moment: number,
    { client, matchers, signal }: NewestSampleOptions,
  ): Promise<number | null> {
    if (this.#now() < this.#dueMs) return this.#ageSeconds;
    this.#dueMs = this.#now() + ASK_EVERY_MS;
    // Whatever this question alone meets is met again by those that follow, and told there.
    const ask = (families: Families, atSeconds: number) =>
      client
        .query(ageQuery(matchers, families), { tier: 'start', atSeconds, signal })
        .catch((error: unknown) => {
          if (isGone(error)) throw error;
          return null;
        });
    const { known, other } = this.#families;
    for (const backSeconds of [0, LOOKBACK_SECONDS])
      for (const families of [known, other]) {
        const samples = await ask(families, moment - backSeconds);
        if (samples === null) return this.#ageSeconds;
        if (samples.length === 0) continue;
        if (families === other) this.#families = { known: other, other: known };
        const age = (samples[0]?.value ?? Number.NaN) + backSeconds;
        this.#ageSeconds = age >= 0 && age <= MOST_SECONDS ? age : null;
        return this.#ageSeconds;
      }
    this.#ageSeconds = null;
    return this.#ageSeconds;
  }

  /** As it was asked last; null when nothing is known. */
  get known(): number | null {
    return this.#ageSeconds;
  }

  /** What is late may be less late soon. */
  expire(): void {
    this.#dueMs = Number.NEGATIVE_INFINITY;
  }
}
