import { expect, it } from 'vitest';
import { keepingEqual } from './keeping-equal.ts';

it('hands on the last value as long as the next is equal to it', () => {
  const keep = keepingEqual<{ a: readonly string[] }>();
  const first = { a: ['x'] };
  expect(keep(first)).toBe(first);
  expect(keep({ a: ['x'] })).toBe(first);
  const other = { a: ['y'] };
  expect(keep(other)).toBe(other);
});
