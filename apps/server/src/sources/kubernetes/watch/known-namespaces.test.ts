import { expect, it } from 'vitest';
import { createKnownNamespaces } from './known-namespaces.ts';

const several = (count: number) => Array.from({ length: count }, (_, index) => `n${1000 + index}`);

it('learns what the metrics know, once', () => {
  const known = createKnownNamespaces(['shop']);
  expect(known.learn(['shop'])).toBe(false);
  expect(known.learn(['shop', 'bank', 'bank'])).toBe(true);
  expect(known.learn(['bank'])).toBe(false);
  expect(known.all()).toEqual(['shop', 'bank']);
});

it('has nothing to wait for in namespaces that are too many to be asked', () => {
  const known = createKnownNamespaces([]);
  expect(known.learn(several(40))).toBe(true);
  expect([known.all().length, known.unasked()]).toEqual([30, 10]);
  expect(known.learn(['one-more'])).toBe(false);
  expect(known.unasked()).toBe(11);
  known.learn(several(1_500));
  expect(known.learn(several(1_500))).toBe(false);
});
