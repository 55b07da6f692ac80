// Waits that can be cut short, by whoever has just changed something or wants to end.

export interface Pause {
  /** Half of `ms` at least, so that many do not come back at the same moment. */
  wait(ms: number): Promise<void>;
  wake(): void;
}

export function createPause(random: () => number, signal: AbortSignal): Pause {
  let wake: (() => void) | null = null;
  return {
    wait(ms) {
      if (signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, ms * (0.5 + random() / 2));
      wake = resolve;
      return promise.finally(() => {
        clearTimeout(timer);
        wake = null;
      });
    },
    wake: () => wake?.(),
  };
}
