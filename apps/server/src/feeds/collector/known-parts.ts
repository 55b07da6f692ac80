// All questions of a collection as one: which are due, what they answered last, and how they stand. Knows none by name.

import type { Part as PartValue } from '@latchwork/shared/parts';
import type { MeshAnswers, PartName, Reaches } from '../../mesh/answers.ts';
import { needsPods } from '../../mesh/flows/bare-pods.ts';
import type { Sample } from '../../sources/prometheus/sample.ts';
import type { Wants } from '../wants.ts';
import { Part } from './part.ts';
import { QUESTIONS } from './questions/questions.ts';

export class KnownParts {
  readonly #parts = QUESTIONS.map((question) => new Part(question));

  /** The last good ones. */
  get answers(): MeshAnswers {
    return Object.fromEntries(
      this.#parts.flatMap(({ question, samples }) => (samples ? [[question.part, samples]] : [])),
    );
  }

  get reaches(): Reaches {
    return Object.fromEntries(this.#parts.map(({ question, reach }) => [question.part, reach]));
  }

  /** Of what the last answers are. */
  get covered(): Reaches {
    return Object.fromEntries(this.#parts.map(({ question, covered }) => [question.part, covered]));
  }

  /** Series that the last answers leave out: how many, by `namespace` and `pod`. */
  get strange(): readonly Sample[] {
    return this.#parts.flatMap(({ strange }) => strange);
  }

  get standings(): readonly (readonly [PartName, PartValue | null])[] {
    return this.#parts.map(({ question, standing }) => [question.part, standing]);
  }

  /** Nothing was ever answered. */
  get areBlank(): boolean {
    return this.#parts.every(({ samples }) => samples === null);
  }

  /** Whether some row has an end that only its pod names. */
  get needPods(): boolean {
    return this.#parts.some(
      ({ question, samples }) => !question.isOfNoWorkload && samples !== null && needsPods(samples),
    );
  }

  /** Whether any series about traffic began inside the window. */
  get haveNew(): boolean {
    return this.#parts.some(
      ({ question, samples }) =>
        question.tier === 'traffic' && samples?.some(({ labels }) => labels['new'] === 'yes'),
    );
  }

  /** Whether what is known has all that is wanted. */
  cover(wants: readonly Wants[], workloads: number): boolean {
    return this.#parts.every((part) => part.covers(wants, workloads));
  }

  want(wants: readonly Wants[], workloads: number): void {
    for (const part of this.#parts) part.want(wants, workloads);
  }

  due(turn: number, silent: boolean): readonly Part[] {
    return this.#parts.filter((part) => part.isDue(turn, silent));
  }

  /** Wanted, and not in the last answer. */
  get owed(): readonly Part[] {
    return this.#parts.filter((part) => part.isOwed);
  }

  /** Nothing came: what is known is old from now on. */
  lose(error: unknown, nowMs: number): void {
    for (const part of this.#parts) part.lose(error, nowMs);
  }

  /** The store said nothing at all about traffic. */
  failTraffic(error: unknown, nowMs: number): void {
    for (const part of this.#parts) if (part.question.tier === 'traffic') part.fail(error, nowMs);
  }

  /** They wait for their turn, whatever they missed. */
  forgetMisses(): void {
    for (const part of this.#parts) part.forgetMisses();
  }
}
