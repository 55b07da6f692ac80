// The time of day as reactive state, a step a second, for "3 s ago". Ticks only while something reads it.

import { createSubscriber } from 'svelte/reactivity';
import type { Timers } from './timers.ts';

export class Now {
  #timers: Timers;
  #read: () => void;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#read = createSubscriber((changed) => {
      let cancel = () => {};
      const tick = () => {
        cancel = timers.after(1000, () => {
          changed();
          tick();
        });
      };
      tick();
      return () => cancel();
    });
  }

  get ms(): number {
    this.#read();
    return this.#timers.now();
  }
}
