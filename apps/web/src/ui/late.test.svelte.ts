import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Late } from './late.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A late double of a number; `made`: of which ones it was found. */
function doubled() {
  let value = $state(1);
  const made: number[] = [];
  let late: Late<number> | undefined;
  const stop = $effect.root(() => {
    late = new Late(() => {
      const now = value;
      return () => {
        made.push(now);
        return 2 * now;
      };
    });
  });
  const set = (next: number) => {
    value = next;
    flushSync();
  };
  flushSync();
  vi.runAllTimers();
  made.length = 0;
  return { late: late!, made, set, stop };
}

describe('Late', () => {
  it('keeps the value of before until the next one is found, in a task of its own', () => {
    const { late, made, set, stop } = doubled();
    set(2);
    expect([late.current, made]).toEqual([2, []]);
    vi.runAllTimers();
    expect([late.current, made]).toEqual([4, [2]]);
    stop();
  });

  it('finds only the last of several', () => {
    const { late, made, set, stop } = doubled();
    set(2);
    set(3);
    vi.runAllTimers();
    expect([late.current, made]).toEqual([6, [3]]);
    stop();
  });

  it('finds it once for who cannot wait', () => {
    const { late, made, set, stop } = doubled();
    set(2);
    late.settle();
    late.settle();
    vi.runAllTimers();
    expect([late.current, made]).toEqual([4, [2]]);
    stop();
  });
});
