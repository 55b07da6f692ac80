// What comes new into a list that is drawn, some in each task: all of it at once would keep the page from answering. What is
// drawn already changes at once.

interface Drawable {
  readonly id: string;
}

export class Arriving<T extends Drawable> {
  readonly #whole: () => readonly T[];
  readonly #atOnce: () => number;
  #turn = $state(0);
  #isThere = $state(false);
  // Not state: only the next choice reads it.
  #drawn: ReadonlySet<string> = new Set();

  /** `atOnce`: so many new ones in one task; 0 while they wait. */
  constructor(whole: () => readonly T[], atOnce: () => number) {
    this.#whole = whole;
    this.#atOnce = atOnce;
    $effect(() => {
      const isWhole = this.items.length === this.#whole().length;
      if (isWhole ? this.#isThere : this.#atOnce() === 0) return;
      const timer = setTimeout(() => {
        if (isWhole) this.#isThere = true;
        else this.#turn += 1;
      });
      return () => clearTimeout(timer);
    });
  }

  /** In the order of the whole. */
  readonly items = $derived.by((): readonly T[] => {
    void this.#turn;
    let left = this.#atOnce();
    const items = this.#whole().filter(({ id }) => this.#drawn.has(id) || left-- > 0);
    this.#drawn = new Set(items.map(({ id }) => id));
    return items;
  });

  /** A task after all of a whole was drawn for the first time. */
  get isThere(): boolean {
    return this.#isThere;
  }
}
