// The live side of the page in one object: topics by name, the connection and the server as reactive state.

import type { About } from '@latchwork/shared/about';
import type { TopicName, TopicParams } from '@latchwork/shared/live/live';
import { createSubscriber } from 'svelte/reactivity';
import { Now } from './now.svelte.ts';
import { Pause } from './pause.svelte.ts';
import type { Connection, LiveSocket } from './socket.ts';
import { type Clusters, StoreClusters } from './store-clusters.svelte.ts';
import type { Timers } from './timers.ts';
import { Topic } from './topic.svelte.ts';

/** Topics that nobody reads any more are kept, so that the way back shows the last picture at once. */
const KEPT = 24;

export class Live {
  readonly pause = new Pause();
  readonly now: Now;
  #socket: LiveSocket;
  #timers: Timers;
  #read: () => void;
  #topics = new Map<string, Topic<TopicName>>();
  #clusters: StoreClusters;

  /** `askAbout`: the server's whole word about itself; its greeting is said before it knows all. */
  constructor(socket: LiveSocket, timers: Timers, askAbout: () => Promise<About>) {
    this.#socket = socket;
    this.#timers = timers;
    this.now = new Now(timers);
    this.#clusters = new StoreClusters(socket, askAbout);
    this.#read = createSubscriber((changed) => socket.watch(changed));
  }

  get connection(): Connection {
    this.#read();
    return this.#socket.connection();
  }

  get about(): About | null {
    this.#read();
    return this.#socket.about();
  }

  /** Those that the server can show; null where it was started for all that the store holds. */
  get clusters(): Clusters | null {
    return this.#clusters.current;
  }

  /** Some value speaks of several: they are asked for where they are not known yet. */
  expectClusters(): void {
    this.#clusters.expect();
  }

  /** The same topic for the same parameters: two readers share one subscription. */
  topic<N extends TopicName>(name: N, params: TopicParams<N>): Topic<N> {
    const key = `${name} ${JSON.stringify(params)}`;
    const known = this.#topics.get(key) as unknown as Topic<N> | undefined;
    const topic =
      known ?? new Topic<N>({ socket: this.#socket, pause: this.pause, timers: this.#timers }, name, params);
    this.#topics.delete(key);
    this.#topics.set(key, topic as unknown as Topic<TopicName>);
    if (this.#topics.size > KEPT) this.#topics.delete(this.#topics.keys().next().value as string);
    return topic;
  }

  togglePause(): void {
    this.pause.toggle(this.#timers.now());
  }

  retry(): void {
    this.#socket.wake();
  }
}
