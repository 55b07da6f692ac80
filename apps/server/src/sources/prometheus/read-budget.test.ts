import { expect, it } from 'vitest';
import { createReadBudget } from './read-budget.ts';

const isDone = async (promise: Promise<void>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);

it('has those wait that began later, in all within the budget', async () => {
  const budget = createReadBudget(100, 'the store');
  const [first, second, third] = [budget.open(), budget.open(), budget.open()];
  await second.take(60);
  const late = third.take(60);
  expect(await isDone(late)).toBe(false);
  // Whoever began first comes to an end, whatever the others hold.
  await first.take(100);
  first.release();
  expect(await isDone(late)).toBe(false);
  second.release();
  await late;
});

it('refuses the answer that alone is more than there is room for', async () => {
  const share = createReadBudget(3 << 20, 'the store').open();
  await share.take(3 << 20);
  await expect(share.take(1)).rejects.toMatchObject({
    kind: 'too-much',
    message: 'the store answered with more than 3 MiB',
    remedy: expect.stringContaining('give the server more memory'),
  });
});

it('lets nobody wait for somebody who has left', async () => {
  const budget = createReadBudget(100, 'the store');
  const [first, second, third] = [budget.open(), budget.open(), budget.open()];
  await first.take(100);
  const [left, late] = [second.take(10), third.take(10)];
  second.release();
  await left;
  expect(await isDone(late)).toBe(false);
  first.release();
  await late;
});
