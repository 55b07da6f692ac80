// Messages of one socket, each when it is due and not before the one before it was answered.

import { setTimeout as sleep } from 'node:timers/promises';

export interface MessageTurns<M> {
  /** False: too many wait already. */
  take(message: M): boolean;
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

export function createMessageTurns<M>({
  answer,
  waitSeconds,
  slice,
  onError,
}: MessageTurnsOptions<M>): MessageTurns<M> {
  /** As they came, and nothing else: thousands of sockets may have a hundred each. */
  const waiting: M[] = [];
  let isAnswering = false;
  let isClosed = false;

  async function answerAll(): Promise<void> {
    isAnswering = true;
    for (;;) {
      for (let seconds = waitSeconds(); seconds > 0 && !isClosed; seconds = waitSeconds())
        await sleep(seconds * 1000, undefined, { ref: false });
      await slice();
      const [message] = isClosed ? [] : waiting;
      if (message === undefined) break;
      // Counted as waiting until it is answered.
      await answer(message).catch(onError);
      waiting.shift();
    }
    isAnswering = false;
  }

  return {
    take(message) {
      if (isClosed) return true;
      if (waiting.length >= MAX_WAITING) return false;
      waiting.push(message);
      if (!isAnswering) void answerAll();
      return true;
    },
    close() {
      isClosed = true;
      waiting.length = 0;
    },
  };
}
