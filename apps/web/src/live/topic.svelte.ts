// A live topic as reactive state. Reading `current` is subscribing: the subscription starts with the first reader and
// ends with the last one, so no view opens or closes anything. A pause holds the value back, not the socket.

import type { TopicName, TopicParams, TopicValue } from '@latchwork/shared/live/live';
import { createSubscriber } from 'svelte/reactivity';
import type { Pause } from './pause.svelte.ts';
import type { LiveSocket } from './socket.ts';
import type { Timers } from './timers.ts';

interface Arrival<N extends TopicName> {
  value: TopicValue<N>;
  atMs: number;
}

export interface TopicOptions {
  socket: LiveSocket;
  pause: Pause;
  timers: Pick<Timers, 'now'>;
}

export class Topic<N extends TopicName> {
  #pause: Pause;
  #read: () => void;
  #newest: Arrival<N> | undefined; // each message replaces it whole, hence no deep proxy
  #shown: Arrival<N> | undefined;
  #trouble: string | undefined;
  #troubleSinceMs: number | undefined;
  #skipped = 0;

  constructor({ socket, pause, timers }: TopicOptions, name: N, params: TopicParams<N>) {
    this.#pause = pause;
    this.#read = createSubscriber((changed) =>
      socket.subscribe(name, params, {
        data: (value, skipped) => {
          // Checked by the server against the contract before it was sent.
          this.#newest = { value: value as TopicValue<N>, atMs: timers.now() };
          this.#skipped += skipped;
          this.#trouble = undefined;
          this.#troubleSinceMs = undefined;
          changed();
        },
        trouble: (message) => {
          this.#trouble = message;
          this.#troubleSinceMs ??= timers.now();
          changed();
        },
      }),
    );
  }

  /** The latest value, or the one that a pause holds; undefined until the first one came, and kept through trouble. */
  get current(): TopicValue<N> | undefined {
    return this.#held()?.value;
  }

  /** When `current` arrived, by this page's clock. */
  get receivedAtMs(): number | undefined {
    return this.#held()?.atMs;
  }

  /** Why `current` may be out of date, in words for the reader of the page. */
  get trouble(): string | undefined {
    this.#read();
    return this.#trouble;
  }

  /** When the trouble began, by this page's clock. */
  get staleSince(): number | undefined {
    this.#read();
    return this.#troubleSinceMs;
  }

  /** Snapshots that this page was too slow for. */
  get skipped(): number {
    this.#read();
    return this.#skipped;
  }

  #held(): Arrival<N> | undefined {
    this.#read();
    if (!this.#pause.on || this.#shown === undefined) this.#shown = this.#newest;
    return this.#shown;
  }
}
