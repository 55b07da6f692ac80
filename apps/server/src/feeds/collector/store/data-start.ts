// Since when the store knows of proxies, within a window: a rate is over the time that has data (truth rule 17).

import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import { dataStartQuery } from '../../../sources/prometheus/questions/sampling.ts';
import { Due } from '../due.ts';

export interface DataStartAsk {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
  /** Unix seconds: the window's end. */
  readonly moment: number;
  readonly windowSeconds: number;
  readonly signal: AbortSignal;
}

const STEPS = 120;
const SHORTEST_STEP_SECONDS = 1;
/** A store that is younger than this has no rates yet. */
const YOUNGEST_SECONDS = 5;
/** The first request that a proxy counts is its first scrape, which it tells the second one. */
const FIRST_REQUEST_SECONDS = 30;
/** Samples that are late by more end before what was looked at. */
const LATER_SECONDS = 10;

export class DataStart {
  readonly #due: Due;
  /** Unix seconds; null when it is before the window, or not known. */
  #start: number | null = null;
  /** Unix seconds: the end of the window that was asked for. */
  #asOf = Number.NEGATIVE_INFINITY;

  /** `now`: Unix milliseconds. */
  constructor(now: () => number) {
    this.#due = new Due(now);
  }

  /** Asked anew when what is known is old. What is not answered is no answer: what was known stays. Never rejects. */
  async settled(ask: DataStartAsk): Promise<void> {
    const { moment, windowSeconds } = ask;
    const isLater = moment < this.#asOf - LATER_SECONDS;
    if (!this.#due.isNow && !isLater) return;
    this.#asOf = moment;
    try {
      const first = await firstStep(ask, moment, windowSeconds);
      this.#start = first === null ? null : await exactStart(ask, first);
      this.#due.answered();
    } catch {
      // Whoever left asked for nothing.
      if (!ask.signal.aborted) this.#due.failed();
    }
  }

  /** What began may be other families than those that were there before. */
  expire(): void {
    this.#due.within(0);
  }

  /** The store is so young that nothing is known of it: what was not there may be soon. */
  expectSoon(): void {
    if (this.#start !== null) return;
    this.#due.retry();
  }

  /**
   * Of the window, the seconds at its end that have data. Never more than the window, and all of it when that is not
   * known.
   */
  knownSeconds(moment: number, windowSeconds: number): number {
    if (this.#start === null) return windowSeconds;
    // The first sample lies up to one step before the first step that sees it.
    return Math.min(windowSeconds, Math.ceil(moment - this.#start) + SHORTEST_STEP_SECONDS);
  }
}

/**
 * Unix seconds of the first step with data; null when none has any. Throws when it is not answered. A store younger than a step of a long window has data at none of them: then
 * the first of the shorter steps at its end.
 */
async function firstStep(ask: DataStartAsk, end: number, seconds: number): Promise<number | null> {
  const step = stepOf(seconds);
  const found = await stepWithData(ask, end, seconds, step);
  return found ?? (step > YOUNGEST_SECONDS ? firstStep(ask, end, step) : null);
}

/** Null when the data began before the window; looked for among shorter steps, since the first one is up to a step late. */
async function exactStart(ask: DataStartAsk, first: number): Promise<number | null> {
  const { moment, windowSeconds } = ask;
  const step = stepOf(windowSeconds);
  // The first step lies up to one step after the window's start.
  if (first <= moment - windowSeconds + 2 * step) return null;
  if (step <= SHORTEST_STEP_SECONDS) return first;
  return (await stepWithData(ask, first, step, stepOf(step))) ?? first;
}

async function stepWithData(
  { client, matchers, signal }: DataStartAsk,
  atSeconds: number,
  seconds: number,
  step: number,
): Promise<number | null> {
  const text = dataStartQuery(matchers, seconds, step);
  const samples = await client.query(text, { tier: 'start', atSeconds, signal });
  const of = (fact: string) => samples.find(({ labels }) => labels['fact'] === fact)?.value ?? null;
  const [start, requests] = [of('start'), of('requests')];
  if (start === null || requests === null) return start ?? requests;
  return requests > start + FIRST_REQUEST_SECONDS ? requests : start;
}

function stepOf(windowSeconds: number): number {
  return Math.max(SHORTEST_STEP_SECONDS, Math.ceil(windowSeconds / STEPS));
}
