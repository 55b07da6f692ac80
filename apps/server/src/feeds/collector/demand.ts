// What somebody wants and nobody has asked for does not wait for the next round: it is asked for at once, by itself, though
// never more often than once in a while.

/** From the start of one such round to the start of the next. */
const EVERY_MS = 1_000;

export class Demand {
  #isOpen = false;
  #askedMs = Number.NEGATIVE_INFINITY;

  /** Unix milliseconds; infinite while nothing is wanted. */
  get dueMs(): number {
    return this.#isOpen ? this.#askedMs + EVERY_MS : Number.POSITIVE_INFINITY;
  }

  raise(): void {
    this.#isOpen = true;
  }

  /** Asked, by itself or with all the rest: an answer that fails waits for its turn like every other. */
  met(nowMs: number): void {
    this.#isOpen = false;
    this.#askedMs = nowMs;
  }
}
