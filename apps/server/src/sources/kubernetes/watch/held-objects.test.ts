import { describe, expect, it } from 'vitest';
import { HeldObjects } from './held-objects.ts';
import { createKeepBudget } from './keep-budget.ts';
import { KeptObjects } from './kept-objects.ts';

/** As text it weighs so much. */
const weighing = (bytes: number) => 'x'.repeat(bytes - 2);

function listOf(...weights: readonly number[]) {
  const objects = new KeptObjects<string>();
  for (const [index, bytes] of weights.entries()) objects.set(`o${index}`, weighing(bytes));
  return { objects };
}

describe('what all watches may keep', () => {
  it('is shared by lists that are read at once', () => {
    const budget = createKeepBudget(100);
    const pods = budget.open('pods');
    const services = budget.open('services');
    pods.take(60);
    expect(() => services.take(60)).toThrow('more services than this server has room for');
    services.take(40);
    pods.hold(0);
    services.take(100);
  });

  it('has room for a list that takes the place of what is held', () => {
    const pods = createKeepBudget(100).open('pods');
    pods.hold(80);
    pods.take(90);
    pods.hold(90);
    expect(() => pods.take(101)).toThrow('more pods');
  });
});

describe('what a watch holds', () => {
  it('stays when reading anew fails, and so does its share', async () => {
    const budget = createKeepBudget(100);
    const objects = new HeldObjects<string>(budget.open('pods'));
    await objects.replace(async () => listOf(30));
    const reading = objects.replace(async (makeRoom) => {
      makeRoom(90);
      throw new Error('the stream broke');
    });
    await expect(reading).rejects.toThrow('the stream broke');
    expect(objects.values()).toEqual([weighing(30)]);
    const other = budget.open('services');
    other.take(70);
    expect(() => other.take(71)).toThrow();
  });

  it('is given back for good, whatever comes after', async () => {
    const budget = createKeepBudget(100);
    const objects = new HeldObjects<string>(budget.open('pods'));
    objects.set('a', weighing(50));
    const { promise, resolve } = Promise.withResolvers<void>();
    const reading = objects.replace(async (makeRoom) => {
      await promise;
      makeRoom(60);
      return listOf(60);
    });
    objects.release();
    objects.set('b', weighing(50));
    resolve();
    await reading;
    expect(objects.values()).toEqual([]);
    budget.open('services').take(100);
  });

  it('is nothing where there is no room for what comes', () => {
    const objects = new HeldObjects<string>(createKeepBudget(100).open('pods'));
    objects.set('a', weighing(60));
    expect(() => objects.set('b', weighing(60))).toThrow('more pods');
    objects.clear();
    objects.set('b', weighing(60));
  });
});
