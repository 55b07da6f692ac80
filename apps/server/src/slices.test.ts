import { expect, it } from 'vitest';
import { createSlices } from './slices.ts';

it('lets others in when a slice is over, and gives the next to those who waited longest', async () => {
  let clockMs = 0;
  const slice = createSlices({ nowMs: () => clockMs });
  const done: string[] = [];
  async function work(name: string, pieces: number): Promise<void> {
    for (let piece = 1; piece <= pieces; piece++) {
      await slice();
      clockMs += 6;
      done.push(`${name}${piece}`);
    }
  }
  const all = Promise.all([work('a', 3), work('b', 3), work('c', 1)]);
  setImmediate(() => setImmediate(() => done.push('else')));
  await all;
  expect(done.indexOf('else')).toBeLessThan(done.length - 1);
  expect(done.indexOf('c1')).toBeLessThan(done.indexOf('a2'));
  expect(done.filter((piece) => piece !== 'else').sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1']);
});

it('does not wait while the slice lasts', async () => {
  const slice = createSlices({ nowMs: () => 0 });
  await slice();
  let isElse = false;
  setImmediate(() => {
    isElse = true;
  });
  for (let piece = 0; piece < 100; piece++) await slice();
  expect(isElse).toBe(false);
});

it('counts the work of each before it lets the next go, however many wait', async () => {
  let clockMs = 0;
  const slice = createSlices({ sliceMs: 10, nowMs: () => clockMs });
  let isOver = false;
  let turn = 0;
  const inTurn = new Map<number, number>();
  async function work(): Promise<void> {
    await slice();
    // As hooks do: what is awaited is there already.
    await Promise.resolve();
    clockMs += 4;
    inTurn.set(turn, (inTurn.get(turn) ?? 0) + 1);
  }
  function count(): void {
    turn += 1;
    if (!isOver) setImmediate(count);
  }
  count();
  await Promise.all(Array.from({ length: 100 }, work));
  isOver = true;
  expect(Math.max(...inTurn.values())).toBe(3);
});
