// A list that is drawn some in each task, in its order: hundreds of cards at once would keep the page from answering. What has
// not had its turn stays as it was before.

import { untrack } from 'svelte';

export class Staged<T extends { readonly id: string }> {
  #items = $state.raw<readonly T[]>([]);
  #isWhole = $state(false);

  constructor(whole: () => readonly T[], atOnce: number) {
    $effect(() => {
      const next = whole();
      const before = new Map(untrack(() => this.#items).map((item) => [item.id, item]));
      let done = 0;
      const step = () => {
        done += atOnce;
        this.#items = next.flatMap((item, index) => {
          const drawn = index < done ? item : before.get(item.id);
          return drawn ? [drawn] : [];
        });
        if (done < next.length) timer = setTimeout(step);
        else this.#isWhole = true;
      };
      let timer = setTimeout(step);
      return () => clearTimeout(timer);
    });
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** Whether all of a list was drawn once. */
  get isWhole(): boolean {
    return this.#isWhole;
  }
}
