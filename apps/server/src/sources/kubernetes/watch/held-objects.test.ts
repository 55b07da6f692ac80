import { describe, expect, it } from 'vitest';
import { HeldObjects } from './held-objects.ts';
import { createKeepBudget } from './keep-budget.ts';
import { KeptObjects } from './kept-objects.ts';

/** In memory it weighs so much: two bytes for each character of its JSON, and what is made of it. */
const weighing = (bytes: number) => 'x'.repeat((bytes - 1_000) / 2 - 2);

function listOf(...weights: readonly number[]) {
  const objects = new KeptObjects<string>();
  for (const [index, bytes] of weights.entries()) objects.set(`o${index}`, weighing(bytes), 'v1');
  return { objects };
}

describe('what all watches may keep', () => {
  it('is shared by lists that are read at once', () => {
    const budget = createKeepBudget(100_000);
    const pods = budget.open('pods');
    const services = budget.open('services');
    pods.take(60_000);
    expect(() => services.take(60_000)).toThrow('more services than this server has room for');
    services.take(40_000);
    pods.hold(0);
    services.take(100_000);
  });

  it('counts a list that is being read beside the one whose place it takes', () => {
    const pods = createKeepBudget(100_000).open('pods');
    pods.take(60_000);
    pods.hold(60_000);
    pods.take(40_000);
    expect(() => pods.take(41_000)).toThrow('more pods');
  });

  it('is a share of the heap that Node has', () => {
    const pods = createKeepBudget().open('pods');
    expect(() => pods.take(Number.MAX_SAFE_INTEGER)).toThrow('there are more pods');
    pods.take(4 << 20);
  });
});

describe('what a watch holds', () => {
  it('stays when reading anew fails, and so does its share', async () => {
    const budget = createKeepBudget(100_000);
    const objects = new HeldObjects<string>(budget.open('pods'));
    await objects.replace(async () => listOf(30_000));
    const reading = objects.replace(async (_before, makeRoom) => {
      makeRoom(60_000);
      throw new Error('the stream broke');
    });
    await expect(reading).rejects.toThrow('the stream broke');
    expect(objects.values()).toEqual([weighing(30_000)]);
    const other = budget.open('services');
    other.take(70_000);
    expect(() => other.take(71_000)).toThrow();
  });

  it('is given back for good, whatever comes after', async () => {
    const budget = createKeepBudget(100_000);
    const objects = new HeldObjects<string>(budget.open('pods'));
    objects.set('a', weighing(40_000));
    const { promise, resolve } = Promise.withResolvers<void>();
    const reading = objects.replace(async (_before, makeRoom) => {
      await promise;
      makeRoom(60_000);
      return listOf(60_000);
    });
    objects.release();
    objects.set('b', weighing(50_000));
    resolve();
    await reading;
    expect(objects.values()).toEqual([]);
    budget.open('services').take(100_000);
  });

  it('is nothing where there is no room for what comes', () => {
    const objects = new HeldObjects<string>(createKeepBudget(100_000).open('pods'));
    objects.set('a', weighing(60_000));
    expect(() => objects.set('b', weighing(60_000))).toThrow('more pods');
    objects.clear();
    objects.set('b', weighing(60_000));
  });

  it('is not there twice while it is read anew, but for what has changed', async () => {
    const objects = new HeldObjects<string>(createKeepBudget(100_000).open('pods'));
    await objects.replace(async () => listOf(30_000, 30_000));
    await objects.replace(async (before, makeRoom) => {
      const listed = new KeptObjects<string>();
      expect(listed.takeOver('o0', 'v1', before)).toBe(true);
      expect(listed.takeOver('o1', 'v2', before)).toBe(false);
      expect(listed.takeOver('o2', 'v1', before)).toBe(false);
      listed.set('o1', weighing(40_000), 'v2');
      makeRoom(listed.ownBytes);
      return { objects: listed };
    });
    expect(objects.values()).toEqual([weighing(30_000), weighing(40_000)]);
    expect(() => objects.set('o2', weighing(32_000), 'v1')).toThrow('more pods');
  });

  it('weighs what is made of it, however small it is', () => {
    const objects = new HeldObjects<string>(createKeepBudget(100_000).open('pods'));
    const fill = () => {
      for (let index = 0; index < 1_000; index++) objects.set(`o${index}`, 'x');
    };
    expect(fill).toThrow('more pods');
    expect(objects.values().length).toBeLessThan(101);
  });

  it('never takes over what has no version', () => {
    const before = new KeptObjects<string>();
    before.set('a', weighing(30_000));
    expect(new KeptObjects<string>().takeOver('a', '', before)).toBe(false);
  });
});
