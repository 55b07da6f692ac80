import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Arriving } from './arriving.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** `a1`: item a with the value 1. */
const some = (...items: string[]) => items.map((item) => ({ id: item[0]!, value: item.slice(1) }));

function stage(first: string[]) {
  let whole = $state.raw(some(...first));
  let atOnce = $state(2);
  let arriving!: Arriving<{ id: string; value: string }>;
  const stop = $effect.root(() => {
    arriving = new Arriving(
      () => whole,
      () => atOnce,
    );
  });
  flushSync();
  return {
    shown: () => arriving.items.map(({ id, value }) => id + value).join(''),
    arriving,
    stop,
    show(...ids: string[]) {
      whole = some(...ids);
      flushSync();
    },
    let(some: number) {
      atOnce = some;
      flushSync();
    },
    nextTask() {
      vi.advanceTimersToNextTimer();
      flushSync();
    },
  };
}

it('brings what is new some in each task, and says when all was there', () => {
  const { shown, arriving, nextTask, stop } = stage(['a', 'b', 'c', 'd', 'e']);
  expect(shown()).toBe('ab');
  nextTask();
  expect(shown()).toBe('abcd');
  nextTask();
  expect(shown()).toBe('abcde');
  expect(arriving.isThere).toBe(false);
  nextTask();
  expect(arriving.isThere).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  stop();
});

it('changes at once what is drawn, takes away what is gone, and lets the new come', () => {
  const { shown, show, nextTask, stop } = stage(['b1', 'c1']);
  show('a', 'b2', 'd', 'e', 'f');
  expect(shown()).toBe('ab2d');
  nextTask();
  expect(shown()).toBe('ab2def');
  show('f', 'a');
  expect(shown()).toBe('fa');
  stop();
});

it('lets nothing new come while it has to wait', () => {
  const { shown, show, let: allow, nextTask, stop } = stage(['a']);
  nextTask();
  allow(0);
  show('a', 'b', 'c', 'd');
  expect(shown()).toBe('a');
  expect(vi.getTimerCount()).toBe(0);
  allow(2);
  expect(shown()).toBe('abc');
  nextTask();
  expect(shown()).toBe('abcd');
  stop();
});
