// The page's one pause: while it is on, every topic holds its value.

export class Pause {
  #sinceMs = $state<number | null>(null);

  get on(): boolean {
    return this.#sinceMs !== null;
  }

  /** When the pause began, by this page's clock; null while values flow. */
  get sinceMs(): number | null {
    return this.#sinceMs;
  }

  toggle(nowMs: number): void {
    this.#sinceMs = this.#sinceMs === null ? nowMs : null;
  }
}
