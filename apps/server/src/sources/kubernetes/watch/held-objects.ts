// What a watch knows, and its share of what all watches may keep, as one: whatever comes after its end is neither kept nor
// counted.

import type { Holding } from './keep-budget.ts';
import { KeptObjects } from './kept-objects.ts';

/** Throws where there is no room for so much. */
export type MakeRoom = (bytes: number) => void;

export class HeldObjects<T> {
  readonly #holding: Holding;
  #objects = new KeptObjects<T>();
  #isReleased = false;

  constructor(holding: Holding) {
    this.#holding = holding;
  }

  values(): T[] {
    return this.#objects.values();
  }

  set(key: string, object: T): void {
    if (this.#isReleased) return;
    this.#objects.set(key, object);
    this.#holding.take(this.#objects.bytes);
    this.#holding.hold(this.#objects.bytes);
  }

  delete(key: string): void {
    this.#objects.delete(key);
    this.#holding.hold(this.#objects.bytes);
  }

  /** By what is read anew, once that is there. When reading fails, all stays as it was. */
  async replace<L extends { readonly objects: KeptObjects<T> }>(
    read: (makeRoom: MakeRoom) => Promise<L | null>,
  ): Promise<L | null> {
    try {
      const listed = await read((bytes) => {
        if (!this.#isReleased) this.#holding.take(bytes);
      });
      if (!this.#isReleased) this.#objects = listed?.objects ?? new KeptObjects();
      return listed;
    } finally {
      this.#holding.hold(this.#objects.bytes);
    }
  }

  clear(): void {
    this.#objects = new KeptObjects();
    this.#holding.hold(0);
  }

  /** For good. */
  release(): void {
    this.#isReleased = true;
    this.clear();
  }
}
