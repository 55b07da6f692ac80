// A value that takes long to find, in a task of its own: what is seen at once does not wait for it.

import { untrack } from 'svelte';

export class Late<T> {
  #current = $state.raw() as T;
  /** How the next one is found; null when there is none to find. */
  #next: (() => T) | null = null;

  /** `find` reads what the value is made of, and hands on how it is made. The first one is made at once. */
  constructor(find: () => () => T) {
    this.#current = untrack(() => find()());
    $effect(() => {
      this.#next = find();
      const later = setTimeout(() => this.settle());
      return () => clearTimeout(later);
    });
  }

  /** That of before until the next is found. */
  get current(): T {
    return this.#current;
  }

  /** For who cannot wait: finds what is still to be found. */
  settle(): void {
    if (this.#next) this.#current = this.#next();
    this.#next = null;
  }
}
