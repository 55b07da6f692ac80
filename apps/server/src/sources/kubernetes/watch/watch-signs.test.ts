import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWatchSigns, LateWatch, type WatchSigns } from './watch-signs.ts';

let signs: WatchSigns;
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  signs = createWatchSigns({ now: Date.now, slackMs: 15_000 });
});
afterEach(() => vi.useRealTimers());

function open(): AbortSignal {
  const late = signs.begin();
  signs.opened();
  return late;
}
const seconds = (count: number) => vi.advanceTimersByTime(count * 1000);

it('calls a stream late that is silent for longer than the API server was before', () => {
  const late = open();
  seconds(60);
  signs.saw('BOOKMARK');
  seconds(74);
  expect(late.aborted).toBe(false);
  seconds(1);
  expect(late.reason).toMatchObject({ silentMs: 75_000, usualMs: 60_000 });
  expect(late.reason).toBeInstanceOf(LateWatch);
});

it('takes any line for a sign of life', () => {
  const late = open();
  seconds(60);
  signs.saw('BOOKMARK');
  for (let minute = 0; minute < 10; minute++) {
    seconds(60);
    signs.saw('MODIFIED');
  }
  expect(late.aborted).toBe(false);
  seconds(75);
  expect(late.aborted).toBe(true);
});

it('knows nothing of an API server that never marked, and waits for no stream that ended', () => {
  const unmarked = open();
  signs.saw('ADDED');
  seconds(3_600);
  expect(unmarked.aborted).toBe(false);
  signs.saw('BOOKMARK');
  signs.end();
  expect(vi.getTimerCount()).toBe(0);
});

it('knows from one stream what is usual in the next', () => {
  open();
  seconds(60);
  signs.saw('BOOKMARK');
  seconds(50);
  // Before the end of a stream there is one more.
  signs.saw('BOOKMARK');
  signs.end();
  const next = open();
  seconds(74);
  expect(next.aborted).toBe(false);
  seconds(1);
  expect(next.aborted).toBe(true);
});
