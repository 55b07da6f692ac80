// The rate of the widest line or largest mark: it grows at once and shrinks late, so that no busy moment resizes all others.

import { type Ceiling, nextCeiling } from '@latchwork/graph/draw/encode';

export interface Busiest {
  mostRps: number;
  /** When that was. */
  atMs: number;
}

export class KeptCeiling {
  #busiest: () => Busiest;
  // Not state: only the next one reads it.
  #last: Ceiling | null = null;

  constructor(busiest: () => Busiest) {
    this.#busiest = busiest;
  }

  readonly rps = $derived.by(() => {
    const { mostRps, atMs } = this.#busiest();
    this.#last = nextCeiling(this.#last, mostRps, atMs);
    return this.#last.ceiling;
  });
}
