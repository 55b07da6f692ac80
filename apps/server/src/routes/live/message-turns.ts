// Messages of one socket, each when it is due and not before the one before it was answered.

import { setTimeout as sleep } from 'node:timers/promises';

export interface MessageTurns<M> {
  /** `characters`: what it weighs. False: too many wait already, or too much. */
  take(message: M, characters: number): boolean;
  /** Nobody waits any longer until a message is due: what waits is looked at no more. */
  close(): void;
}

export interface MessageTurnsOptions<M> {
  readonly answer: (message: M) => Promise<void>;
  /** Seconds until one more may be looked at; 0: now. */
  readonly waitSeconds: () => number;
  /** Awaited before each message, so that many sockets with many messages hold nobody else up. */
  readonly slice: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Of those that came and are not looked at yet: a page sends one for each subscription. */
const MAX_WAITING = 256;
/** A page's weigh a few kilobytes together. */
const MAX_CHARACTERS = 256 * 1024;

export function createMessageTurns<M>({
  answer,
  waitSeconds,
  slice,
  onError,
}: MessageTurnsOptions<M>): MessageTurns<M> {
  /** As they came, and nothing else: thousands of sockets may have a hundred each. */
  const waiting: { readonly message: M; readonly characters: number }[] = [];
  let characters = 0;
  let isAnswering = false;
  let isClosed = false;

  async function answerAll(): Promise<void> {
    isAnswering = true;
    for (;;) {
      for (let seconds = waitSeconds(); seconds > 0 && !isClosed; seconds = waitSeconds())
        await sleep(seconds * 1000, undefined, { ref: false });
      await slice();
      const [next] = waiting;
      if (next === undefined) break;
      // Counted as waiting until it is answered.
      await answer(next.message).catch(onError);
      if (waiting[0] === next) waiting.shift();
      characters -= next.characters;
    }
    isAnswering = false;
  }

  return {
    take(message, more) {
      if (isClosed) return true;
      if (waiting.length >= MAX_WAITING || characters + more > MAX_CHARACTERS) return false;
      waiting.push({ message, characters: more });
      characters += more;
      if (!isAnswering) void answerAll();
      return true;
    },
    close() {
      isClosed = true;
      waiting.length = 0;
    },
  };
}
