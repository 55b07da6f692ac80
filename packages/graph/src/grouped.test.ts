import { expect, it } from 'vitest';
import { grouped } from './grouped.ts';

it('grouped(things, keyOf) keeps the order of things and of first sights', () => {
  const groups = grouped([3, 1, 4, 1, 5, 9, 2, 6], (number) => number % 2 === 0);
  expect([...groups]).toEqual([
    [false, [3, 1, 1, 5, 9]],
    [true, [4, 2, 6]],
  ]);
});
