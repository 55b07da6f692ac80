import { expect, it } from 'vitest';
import { createMessageTurns } from './message-turns.ts';

function turnsOf(answer: (message: string) => Promise<void>) {
  return createMessageTurns<string>({
    answer,
    waitSeconds: () => 0,
    slice: async () => undefined,
    onError: () => undefined,
  });
}

it('takes no more than what may wait, in number and in weight', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const many = turnsOf(() => promise);
  const heavy = turnsOf(() => promise);
  for (let index = 0; index < 256; index++) expect(many.take('x', 1)).toBe(true);
  expect(many.take('x', 1)).toBe(false);
  expect(heavy.take('x', 200_000)).toBe(true);
  expect(heavy.take('x', 100_000)).toBe(false);
  resolve();
  await new Promise((done) => setImmediate(done));
  expect(heavy.take('x', 200_000)).toBe(true);
});

it('answers one after the other, in the order in which they came, and none after the end', async () => {
  const answered: string[] = [];
  const turns = turnsOf(async (message) => {
    await new Promise((done) => setImmediate(done));
    answered.push(message);
    if (message === 'b') turns.close();
  });
  for (const message of ['a', 'b', 'c']) turns.take(message, 1);
  await new Promise((done) => setTimeout(done, 20));
  expect(turns.take('d', 1)).toBe(true);
  await new Promise((done) => setTimeout(done, 20));
  expect(answered).toEqual(['a', 'b']);
});
