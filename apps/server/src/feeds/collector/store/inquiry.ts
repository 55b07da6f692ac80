// Questions of one survey of the store: what it refuses is remembered, and what it did not answer is no answer.

import type { PrometheusClient } from '../../../sources/prometheus/client.ts';
import type { Sample } from '../../../sources/prometheus/sample.ts';
import { SourceError } from '../../../sources/source-error.ts';
import { inWords } from '../standing.ts';

class Unanswered extends Error {}

export class Inquiry {
  readonly #atSeconds: number;
  readonly #signal: AbortSignal;
  #refused: string | null = null;
  #isWhole = true;
  #hasAnswers = false;

  constructor(atSeconds: number, signal: AbortSignal) {
    this.#atSeconds = atSeconds;
    this.#signal = signal;
  }

  /** The store's own words. */
  get refused(): string | null {
    return this.#refused;
  }

  /** Everything was answered. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Something was answered. */
  get hasAnswers(): boolean {
    return this.#hasAnswers;
  }

  /** Throws when it is not answered. `atSeconds`: another moment than that of the survey. */
  async ask(client: PrometheusClient, text: string, atSeconds = this.#atSeconds): Promise<Sample[]> {
    try {
      return await this.#query(client, text, atSeconds);
    } catch (error) {
      // Trouble that every question meets is told by the others.
      if (!isOfTheStore(error)) this.#refused ??= inWords(error);
      throw new Unanswered();
    }
  }

  /** The same of a question that says nothing where it is refused. */
  async askQuietly(client: PrometheusClient, text: string): Promise<Sample[]> {
    return await this.#query(client, text).catch(() => {
      throw new Unanswered();
    });
  }

  /** The same of a question that a store may not understand: nothing is found there. */
  async askUnderstood(client: PrometheusClient, text: string): Promise<Sample[]> {
    try {
      return await this.#query(client, text);
    } catch (error) {
      if (isOfTheStore(error)) throw new Unanswered();
      return [];
    }
  }

  /** What is found by several questions, or what was known last when one of them is not answered. */
  async answerOr<T>(last: T, found: Promise<T>): Promise<T> {
    try {
      return await found;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      this.#isWhole = false;
      return last;
    }
  }

  async #query(client: PrometheusClient, text: string, atSeconds = this.#atSeconds): Promise<Sample[]> {
    const samples = await client.query(text, {
      ...{ tier: 'survey', atSeconds, signal: this.#signal },
    });
    this.#hasAnswers = true;
    return samples;
  }
}

/** Trouble that the next question would meet as well. */
function isOfTheStore(error: unknown): boolean {
  return !(error instanceof SourceError) || ['unreachable', 'timed-out'].includes(error.kind);
}
