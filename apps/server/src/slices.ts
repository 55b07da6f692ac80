// Much work of many, in slices of time: what would go on for longer lets the event loop do something else in between.

import { nextTick } from 'node:process';
import { forOthers } from './turns.ts';

const SLICE_MS = 10;

export interface SlicesOptions {
  /** How long one lasts. */
  readonly sliceMs?: number;
  /** Of the event loop, between two slices. */
  readonly turns?: number;
  readonly nowMs?: () => number;
}

/** Of what comes from outside: looked at as it comes, a large answer or hundreds of small ones take longer than a probe may wait. */
export const OF_ARRIVALS: SlicesOptions = { sliceMs: 10, turns: 1 };

/** To be awaited before each piece of the work: at once while the slice lasts, else after whatever else waits, in the order asked. */
export function createSlices({
  sliceMs = SLICE_MS,
  turns,
  nowMs = performance.now.bind(performance),
}: SlicesOptions = {}): () => Promise<void> {
  /** In the order asked. */
  const waiting = new Set<() => void>();
  let sliceEndsMs = Number.NEGATIVE_INFINITY;
  let isHandingOut = false;

  async function handOut(): Promise<void> {
    isHandingOut = true;
    for (const go of waiting) {
      if (nowMs() >= sliceEndsMs) {
        await forOthers(turns);
        sliceEndsMs = nowMs() + sliceMs;
      }
      waiting.delete(go);
      go();
      await done();
    }
    isHandingOut = false;
  }

  return async () => {
    if (!isHandingOut && nowMs() < sliceEndsMs) return;
    await new Promise<void>((resolve) => {
      waiting.add(resolve);
      if (!isHandingOut) void handOut();
    });
  };
}

/** When all that was just let go has come to where it waits again: the time that it took counts for who is next. */
function done(): Promise<void> {
  return new Promise((resolve) => nextTick(resolve));
}
