// When the first round of all has everything about traffic, while latencies are still being asked for.

import type { Part } from './part.ts';

export class FirstTraffic {
  readonly #due: readonly Part[];
  readonly #pending: Set<Part>;

  constructor(due: readonly Part[]) {
    this.#due = due;
    this.#pending = new Set(due.filter(({ question }) => question.tier === 'traffic' || question.isCore));
  }

  /** True once at most: with the last that was missing, and only when something slower is still on its way. */
  isInWith(part: Part): boolean {
    if (!this.#pending.delete(part) || this.#pending.size > 0) return false;
    return this.#due.some(({ question, standing }) => question.tier === 'latency' && !standing);
  }
}
