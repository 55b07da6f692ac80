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

  /** In memory. */
  get bytes(): number {
    return this.#objects.bytes;
  }

  values(): T[] {
    return this.#objects.values();
  }

  set(key: string, object: T, version = ''): void {
    if (this.#isReleased) return;
    const before = this.#objects.bytes;
    this.#objects.set(key, object, version);
    this.#holding.take(Math.max(0, this.#objects.bytes - before));
    this.#holding.hold(this.#objects.bytes);
  }

  delete(key: string): void {
    this.#objects.delete(key);
    this.#holding.hold(this.#objects.bytes);
  }

  /** By what is read anew, once that is there. When reading fails, all stays as it was. */
  async replace<L extends { readonly objects: KeptObjects<T> }>(
    read: (before: KeptObjects<T>, makeRoom: MakeRoom) => Promise<L | null>,
  ): Promise<L | null> {
    try {
      const listed = await read(this.#objects, (bytes) => {
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
