// When a rare question is due again: every five minutes once it is answered; sooner, and ever more rarely, while it is not.

const ASK_EVERY_MS = 300_000;
/** Asked again after this, then after twice that, and so on. */
const FIRST_RETRY_MS = 4_000;

export class Due {
  /** Unix milliseconds. */
  readonly #now: () => number;
  #atMs = Number.NEGATIVE_INFINITY;
  #retryMs = FIRST_RETRY_MS;
  /** The last answer was all that there will be. */
  #isSettled = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  get isNow(): boolean {
    return this.#now() >= this.#atMs;
  }

  answered(): void {
    // Not at once: where it is not all that there will be, that is said after it.
    if (this.#isSettled) this.#retryMs = FIRST_RETRY_MS;
    this.#isSettled = true;
    this.#atMs = this.#now() + ASK_EVERY_MS;
  }

  failed(): void {
    this.answered();
    this.retry();
  }

  /** The answer is not all that there will be. */
  retry(): void {
    this.#isSettled = false;
    this.within(this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, ASK_EVERY_MS);
  }

  within(ms: number): void {
    this.#atMs = Math.min(this.#atMs, this.#now() + ms);
  }
}
