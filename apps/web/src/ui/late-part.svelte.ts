// A part of the page that is loaded with the first wish for it.

export class LatePart<T extends object> {
  #loaded = $state.raw<T>();
  #isLost = $state(false);

  constructor(isWanted: () => boolean, load: () => Promise<T>) {
    // Modules come from outside.
    $effect(() => {
      if (isWanted() && !this.#loaded) void this.#settle(load);
    });
  }

  /** Undefined until it is there. */
  get loaded(): T | undefined {
    return this.#loaded;
  }

  /** It did not come. */
  get isLost(): boolean {
    return this.#isLost;
  }

  async #settle(load: () => Promise<T>): Promise<void> {
    try {
      this.#loaded = await load();
    } catch {
      this.#isLost = true;
    }
  }
}
