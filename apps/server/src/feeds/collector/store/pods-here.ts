// The pods that had series in the window: asked where some calls may go to pods of another cluster, and forgotten where none may.

import type { Sample } from '../../../sources/prometheus/sample.ts';
import { askPodsHere } from '../asides.ts';

type Ask = Parameters<typeof askPodsHere>;

export class PodsHere {
  #known: readonly Sample[] | undefined;

  /** Undefined where they were not asked for, and where the store does not say. */
  get known(): readonly Sample[] | undefined {
    return this.#known;
  }

  /** Throws what the other questions would meet as well. */
  async settled(mayBeElsewhere: boolean, store: Ask[0], aside: Ask[1]): Promise<void> {
    this.#known = mayBeElsewhere ? await askPodsHere(store, aside) : undefined;
  }
}
