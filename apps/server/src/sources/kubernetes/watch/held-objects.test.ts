import { describe, expect, it } from 'vitest';
import { HeldObjects } from './held-objects.ts';
import { createKeepBudget } from './keep-budget.ts';
import { KeptObjects } from './kept-objects.ts';

/** In memory it weighs so much: two bytes for each character of its JSON. */
const weighing = (bytes: number) => 'x'.repeat(bytes / 2 - 2);

function listOf(...weights: readonly number[]) {
  const objects = new KeptObjects<string>();
  for (const [index, bytes] of weights.entries()) objects.set(`o${index}`, weighing(bytes), 'v1');
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

  it('counts a list that is being read beside the one whose place it takes', () => {
    const pods = createKeepBudget(100).open('pods');
    pods.take(60);
    pods.hold(60);
    pods.take(40);
    expect(() => pods.take(41)).toThrow('more pods');
  });

  it('is a share of the heap that Node has', () => {
    const pods = createKeepBudget().open('pods');
    expect(() => pods.take(Number.MAX_SAFE_INTEGER)).toThrow('there are more pods');
    pods.take(4 << 20);
  });
});

describe('what a watch holds', () => {
  it('stays when reading anew fails, and so does its share', async () => {
    const budget = createKeepBudget(100);
    const objects = new HeldObjects<string>(budget.open('pods'));
    await objects.replace(async () => listOf(30));
    const reading = objects.replace(async (_before, makeRoom) => {
      makeRoom(60);
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
    objects.set('a', weighing(40));
    const { promise, resolve } = Promise.withResolvers<void>();
    const reading = objects.replace(async (_before, makeRoom) => {
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

  it('is not there twice while it is read anew, but for what has changed', async () => {
    const objects = new HeldObjects<string>(createKeepBudget(100).open('pods'));
    await objects.replace(async () => listOf(30, 30));
    await objects.replace(async (before, makeRoom) => {
      const listed = new KeptObjects<string>();
      expect(listed.takeOver('o0', 'v1', before)).toBe(true);
      expect(listed.takeOver('o1', 'v2', before)).toBe(false);
      expect(listed.takeOver('o2', 'v1', before)).toBe(false);
      listed.set('o1', weighing(40), 'v2');
      makeRoom(listed.ownBytes);
      return { objects: listed };
    });
    expect(objects.values()).toEqual([weighing(30), weighing(40)]);
    expect(() => objects.set('o2', weighing(32), 'v1')).toThrow('more pods');
  });

  it('never takes over what has no version', () => {
    const before = new KeptObjects<string>();
    before.set('a', weighing(30));
    expect(new KeptObjects<string>().takeOver('a', '', before)).toBe(false);
  });
});
