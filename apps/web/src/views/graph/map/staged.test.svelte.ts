import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Staged } from './staged.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const named = (ids: string, round: number) => [...ids].map((id) => ({ id, round }));
const text = (items: readonly { id: string; round: number }[]) =>
  items.map(({ id, round }) => `${id}${round}`).join(' ');

function stage() {
  let whole = $state.raw(named('abcde', 1));
  let staged!: Staged<{ id: string; round: number }>;
  const stop = $effect.root(() => {
    staged = new Staged(() => whole, 2);
  });
  flushSync();
  return {
    staged,
    stop,
    become(next: typeof whole) {
      whole = next;
      flushSync();
    },
    task() {
      vi.advanceTimersToNextTimer();
      flushSync();
      return text(staged.items);
    },
  };
}

it('draws some in each task, in the order of the list', () => {
  const { staged, task, stop } = stage();
  expect(text(staged.items)).toBe('');
  expect([task(), staged.isWhole]).toEqual(['a1 b1', false]);
  expect(task()).toBe('a1 b1 c1 d1');
  expect([task(), staged.isWhole]).toEqual(['a1 b1 c1 d1 e1', true]);
  expect(vi.getTimerCount()).toBe(0);
  stop();
});

it('keeps what has not had its turn as it was, and forgets at once what is gone', () => {
  const { task, become, stop } = stage();
  for (let i = 0; i < 3; i++) task();
  become(named('xabde', 2));
  expect(task()).toBe('x2 a2 b1 d1 e1');
  become(named('xabde', 3));
  expect(task()).toBe('x3 a3 b1 d1 e1');
  expect([task(), task()]).toEqual(['x3 a3 b3 d3 e1', 'x3 a3 b3 d3 e3']);
  stop();
});
