// What holds for the whole store and is asked rarely: the scrape interval, the proxies.

import { type StoreFacts, toStoreFacts } from '../../../mesh/store/store-facts.ts';
import { intervalQuery } from '../../../sources/prometheus/questions/sampling.ts';
import { factsQuery } from '../../../sources/prometheus/questions/start-up.ts';
import { SourceError } from '../../../sources/source-error.ts';
import { Due } from '../due.ts';
import { toLag } from '../pace.ts';
import { Dialect } from './dialect.ts';
import { LOOKBACK_SECONDS, NewestSample } from './newest-sample.ts';
import { StoreSurvey, type StoreSurveyOptions } from './store-survey.ts';

/** Samples this old may be late: the interval is measured where they end. */
const OLD_SECONDS = 20;

export class StartUp {
  #facts: StoreFacts | null = null;
  readonly #due: Due;
  readonly #newest: NewestSample;
  readonly #dialect = new Dialect();

  /** What the store holds, and in which words. */
  readonly store: StoreSurvey;

  constructor(options: StoreSurveyOptions) {
    this.store = new StoreSurvey(options);
    this.#newest = new NewestSample(options.now);
    this.#due = new Due(options.now);
  }

  get known(): StoreFacts | null {
    return this.#facts;
  }

  /**
   * The facts, and by how much the newest samples are late, which are now to all that is asked (truth rule 16). Throws
   * when the store does not answer and nothing is known yet. `careful`: it did not answer last time.
   */
  async facts(
    moment: number,
    { careful, signal }: { readonly careful: boolean; readonly signal: AbortSignal },
  ): Promise<{ facts: StoreFacts; lagSeconds: number; isMetricsQl: boolean }> {
    // What the store holds shows where its samples end, as far as that is known.
    const age = this.#newest.known ?? 0;
    await this.store.settled(age > LOOKBACK_SECONDS ? moment - age : moment, signal);
    signal.throwIfAborted();
    const { client, matchers } = this.store;
    const isDue = this.#isDue;
    const [ageSeconds, measured, isMetricsQl] = await Promise.all([
      careful ? this.#newest.known : this.#newest.ageSeconds(moment, { client, matchers, signal }),
      isDue ? this.#ask(moment, signal) : (this.#facts as StoreFacts),
      this.#dialect.isMetricsQl(client, moment, signal),
    ]);
    signal.throwIfAborted();
    // What is late has to be measured where it ends.
    const isLate = isDue && ageSeconds !== null && ageSeconds > OLD_SECONDS;
    const facts = isLate ? await this.#ask(moment - ageSeconds, signal) : measured;
    const lagSeconds = toLag(ageSeconds, facts.intervalSeconds);
    if (lagSeconds > 0) this.#newest.expire();
    return { facts, lagSeconds, isMetricsQl };
  }

  get #isDue(): boolean {
    return this.#facts === null || this.#due.isNow;
  }

  async #ask(atSeconds: number, signal: AbortSignal): Promise<StoreFacts> {
    const { client, matchers } = this.store;
    let facts: StoreFacts;
    try {
      const options = { tier: 'start', atSeconds, signal };
      facts = toStoreFacts(await client.query(factsQuery(matchers), options));
      // Users drop the few families that tell it cheaply: then any.
      if (facts.intervalSeconds === null) {
        const samples = await client.query(intervalQuery(matchers), options).catch(() => []);
        facts = { ...facts, intervalSeconds: toStoreFacts(samples).intervalSeconds };
      }
    } catch (error) {
      if (signal.aborted || !(this.#facts || isOfThisQuestion(error))) throw error;
      const isFirst = this.#facts === null;
      this.#postpone(this.#facts ?? toStoreFacts([]));
      // Said once; from then on the others are asked without it.
      if (isFirst && error instanceof SourceError && error.kind === 'timed-out') throw error;
      return this.#facts ?? toStoreFacts([]);
    }
    // A gap in the scrapes does not change how often there are scrapes.
    const intervalSeconds = facts.intervalSeconds ?? this.#facts?.intervalSeconds ?? null;
    // A store that has just begun knows none yet.
    if (facts.intervalSeconds === null) this.#postpone({ ...facts, intervalSeconds });
    else {
      this.#facts = facts;
      this.#due.answered();
    }
    return { ...facts, intervalSeconds };
  }

  #postpone(facts: StoreFacts): void {
    this.#facts = facts;
    this.#due.failed();
  }
}

/** Trouble that others need not meet: the store is there, but this is too much for it, or unknown to it. */
function isOfThisQuestion(error: unknown): boolean {
  if (!(error instanceof SourceError)) return false;
  return (
    error.kind === 'timed-out' || error.kind === 'too-much' || error.status === 400 || error.status === 422
  );
}
