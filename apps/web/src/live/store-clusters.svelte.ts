// The clusters that the server can show, as reactive state. The greeting may come before the server knows them all:
// then it is asked once more, and again only when that failed and the connection changes.

import type { About } from '@latchwork/shared/about';
import { createSubscriber } from 'svelte/reactivity';
import type { LiveSocket } from './socket.ts';

export type Clusters = NonNullable<About['clusters']>;

export class StoreClusters {
  #socket: Pick<LiveSocket, 'about' | 'watch'>;
  #askAbout: () => Promise<About>;
  #read: () => void;
  #isAsked = false;
  #changed: () => void = () => undefined;
  #answer: Clusters | null = null;

  constructor(socket: Pick<LiveSocket, 'about' | 'watch'>, askAbout: () => Promise<About>) {
    this.#socket = socket;
    this.#askAbout = askAbout;
    this.#read = createSubscriber((changed) => {
      this.#changed = changed;
      void this.#complete(changed);
      return socket.watch(() => {
        changed();
        void this.#complete(changed);
      });
    });
  }

  get current(): Clusters | null {
    this.#read();
    const about = this.#socket.about();
    const greeted = about?.clusters;
    const answer = this.#answer;
    if (!about) return null;
    // The server may have found out since.
    if (!greeted) return answer;
    const isSame = answer?.label === greeted.label && answer.current === greeted.current;
    return isSame && answer.values.length > greeted.values.length ? answer : greeted;
  }

  /** The server says that its store holds several: it may have found that out after the page had asked. */
  expect(): void {
    if ((this.current?.values.length ?? 0) > 1) return;
    this.#isAsked = false;
    void this.#complete(this.#changed);
  }

  async #complete(changed: () => void): Promise<void> {
    const about = this.#socket.about();
    if (this.#isAsked || about === null || (about.clusters?.values.length ?? 0) > 1) return;
    this.#isAsked = true;
    try {
      this.#answer = (await this.#askAbout()).clusters ?? null;
      changed();
    } catch {
      // The page does without the menu, and says itself when the server is gone.
      this.#isAsked = false;
    }
  }
}
