// Messages of one socket, each when it is due and not before the one before it was answered.

import { setTimeout as sleep } from 'node:timers/promises';

export interface MessageTurns {
  /** False: too many wait already. */
  take(answer: () => Promise<void>): boolean;
  /** Nobody waits any longer until a message is due. */
  close(): void;
}

export interface MessageTurnsOptions {
  /** Seconds until one more may be looked at; 0: now. */
  readonly waitSeconds: () => number;
  readonly onError: (error: unknown) => void;
}

/** Of those that came and are not looked at yet: a page sends one for each subscription. */
const MAX_WAITING = 256;

export function createMessageTurns({ waitSeconds, onError }: MessageTurnsOptions): MessageTurns {
  let turn = Promise.resolve();
  let waiting = 0;
  let isClosed = false;

  async function whenDue(): Promise<void> {
    for (let seconds = waitSeconds(); seconds > 0 && !isClosed; seconds = waitSeconds())
      await sleep(seconds * 1000, undefined, { ref: false });
  }

  return {
    take(answer) {
      if (++waiting > MAX_WAITING) return false;
      turn = turn
        .then(whenDue)
        .then(answer)
        .catch(onError)
        .finally(() => {
          waiting--;
        });
      return true;
    },
    close() {
      isClosed = true;
    },
  };
}
