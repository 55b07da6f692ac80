// What comes in on the socket, in its order: small messages at once, a large one later and in steps, with the hand of whoever
// uses the page in between. At once, a mesh of thousands would keep the page from answering.

import type { Timers } from './timers.ts';

/** One step of a message; the next one, or null when it is done. */
export type Step = () => Step | null;

export interface Inbox {
  /** `weight`: of its text, in characters. */
  take(weight: number, first: Step): void;
  /** What waits is of no use any more. */
  clear(): void;
}

/** What takes some 10 ms to read. */
const LARGE = 200_000;

export function createInbox(timers: Pick<Timers, 'after'>): Inbox {
  let waiting: { readonly isLarge: boolean; next: Step | null }[] = [];
  let cancel: (() => void) | null = null;
  let isAtWork = false;

  function goOn(): void {
    cancel = null;
    isAtWork = true;
    try {
      work();
    } finally {
      isAtWork = false;
      if (waiting.length > 0) cancel ??= timers.after(0, goOn);
    }
  }

  function work(): void {
    for (let [first] = waiting; first; [first] = waiting) {
      const { next } = first;
      // Whatever fails does not come again.
      first.next = null;
      first.next = next?.() ?? null;
      if (first.next === null) waiting.shift();
      if (first.isLarge) break;
    }
  }

  return {
    take(weight, first) {
      const isLarge = weight >= LARGE;
      waiting.push({ isLarge, next: first });
      if (cancel !== null || isAtWork) return;
      // The browser has made a text of it in the task that brings it.
      if (isLarge) cancel = timers.after(0, goOn);
      else goOn();
    },
    clear() {
      waiting = [];
      cancel?.();
      cancel = null;
    },
  };
}
