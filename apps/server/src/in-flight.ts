// At most so many at once, the others in the order they came. A waiter that is no longer wanted leaves the queue.

export interface InFlight {
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createInFlight(limit: number): InFlight {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (running < limit) {
      running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      function go() {
        signal?.removeEventListener('abort', leave);
        running++;
        resolve();
      }
      function leave() {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal?.reason);
      }
      waiting.push(go);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  return {
    async run(work, signal) {
      await enter(signal);
      try {
        return await work();
      } finally {
        running--;
        waiting.shift()?.();
      }
    },
  };
}
