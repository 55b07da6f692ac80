// The window that a collection uses of the one that was asked for: no shorter than four scrapes, no longer than the store
// remembers.

import type { Mesh } from '../../mesh/mesh.ts';
import type { StoreFacts } from '../../mesh/store/store-facts.ts';
import { widenWindow } from './pace.ts';
import { DataStart } from './store/data-start.ts';
import type { StartUp } from './store/start-up-facts.ts';

export type UsedWindow = Pick<Mesh, 'windowSeconds' | 'windowAskedSeconds'>;

export class UsableWindow {
  readonly #start: DataStart;
  readonly #askedSeconds: number;

  /** `now`: Unix milliseconds. */
  constructor(askedSeconds: number, now: () => number) {
    this.#start = new DataStart(now);
    this.#askedSeconds = askedSeconds;
  }

  /** Never rejects. `moment`: Unix seconds. */
  async settled({ store }: StartUp, moment: number, signal: AbortSignal): Promise<void> {
    // In the words of the store, as far as they are known.
    const { client, matchers } = store;
    await this.#start.settled({ client, matchers, moment, windowSeconds: this.#askedSeconds, signal });
  }

  /** Some families may have begun after the others. */
  expire(): void {
    this.#start.expire();
  }

  at(
    moment: number,
    { intervalSeconds, slowIntervalSeconds }: Pick<StoreFacts, 'intervalSeconds' | 'slowIntervalSeconds'>,
  ): UsedWindow {
    if (intervalSeconds === null) this.#start.expectSoon();
    const known = this.#start.knownSeconds(moment, this.#askedSeconds);
    return {
      windowAskedSeconds: this.#askedSeconds,
      windowSeconds: widenWindow(known, slowIntervalSeconds ?? intervalSeconds),
    };
  }
}
