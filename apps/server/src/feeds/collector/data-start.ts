// Since when the store knows of proxies, within a window: a rate is over the time that has data (truth rule 17).

import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { dataStartQuery } from '../../sources/prometheus/sampling.ts';

export interface DataStartAsk {
  readonly client: PrometheusClient;
  readonly matchers: readonly string[];
  /** Unix seconds: the window's end. */
  readonly moment: number;
  readonly windowSeconds: number;
  readonly signal: AbortSignal;
}

const ASK_EVERY_MS = 300_000;
const STEPS = 120;
const SHORTEST_STEP_SECONDS = 5;

export class DataStart {
  /** Unix milliseconds. */
  readonly #now: () => number;
  /** Unix seconds; null when it is before the window, or not known. */
  #start: number | null = null;
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Asked anew when what is known is old. Not answered is not known: nothing is claimed from it. Never rejects. */
  async settled({ client, matchers, moment, windowSeconds, signal }: DataStartAsk): Promise<void> {
    if (this.#now() < this.#dueMs) return;
    this.#dueMs = this.#now() + ASK_EVERY_MS;
    const text = dataStartQuery(matchers, windowSeconds, stepOf(windowSeconds));
    const options = { tier: 'start', atSeconds: moment, signal };
    const samples = await client.query(text, options).catch(() => []);
    const start = samples[0]?.value ?? Number.NaN;
    // The first step lies up to one step after the window's start.
    this.#start = start > moment - windowSeconds + 2 * stepOf(windowSeconds) ? start : null;
  }

  /**
   * Of the window, the seconds at its end that have data. Never more than the window, and all of it when that is not
   * known; how short a window may be is not known without the interval.
   */
  knownSeconds(moment: number, windowSeconds: number, intervalSeconds: number | null): number {
    if (this.#start === null || intervalSeconds === null) return windowSeconds;
    return Math.min(windowSeconds, Math.max(1, Math.floor(moment - this.#start)));
  }
}

function stepOf(windowSeconds: number): number {
  return Math.max(SHORTEST_STEP_SECONDS, Math.ceil(windowSeconds / STEPS));
}
