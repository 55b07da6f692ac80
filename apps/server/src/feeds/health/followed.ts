// Whoever can be read can be followed: read again a while after each answer.

import type { Sink, Stop } from '../feed.ts';

export function followed<T>(read: () => Promise<T>, everyMs: number): (sink: Sink<T>) => Stop {
  return (sink) => {
    let isOver = false;
    let timer: NodeJS.Timeout | undefined;
    async function round(): Promise<void> {
      try {
        const value = await read();
        if (!isOver) sink.data(value);
      } catch (error) {
        if (!isOver) sink.trouble(error);
      }
      if (!isOver) timer = setTimeout(round, everyMs);
    }
    void round();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  };
}
