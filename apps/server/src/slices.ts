// Much work of many, in slices of time: what would go on for longer lets the event loop do something else in between.

import { forOthers } from './turns.ts';

const SLICE_MS = 10;

export interface SlicesOptions {
  readonly nowMs?: () => number;
}

/** To be awaited before each piece of the work: at once while the slice lasts, else after whatever else waits, in the order asked. */
export function createSlices({
  nowMs = performance.now.bind(performance),
}: SlicesOptions = {}): () => Promise<void> {
  let sliceEndsMs = Number.NEGATIVE_INFINITY;
  let next: Promise<void> | null = null;

  async function begin(): Promise<void> {
    await forOthers();
    next = null;
    sliceEndsMs = nowMs() + SLICE_MS;
  }

  return async () => {
    while (next !== null || nowMs() >= sliceEndsMs) {
      next ??= begin();
      await next;
    }
  };
}
