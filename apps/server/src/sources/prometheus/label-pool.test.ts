import { expect, it } from 'vitest';
import { createLabelPool } from './label-pool.ts';

function readTwice(pool: ReturnType<typeof createLabelPool>, labels: object) {
  const text = JSON.stringify(labels);
  const read = () => pool.read(text, 0, text.length - 1);
  const [first, second] = [read(), read()];
  expect(first).toEqual(labels);
  return { isKept: first === second };
}

it('keeps one object for label sets that come again', () => {
  const pool = createLabelPool(() => 0, 10);
  expect(readTwice(pool, { namespace: 'shop', pod: 'web-1' }).isKept).toBe(true);
});

it('does not keep more than there is room for, however many a store makes up', () => {
  const pool = createLabelPool(() => 0, 10);
  const kept = Array.from({ length: 30 }, (_, index) => readTwice(pool, { pod: `made-up-${index}` }).isKept);
  expect(kept.filter(Boolean)).toHaveLength(10);
});

it('keeps no text that is too long for a name', () => {
  expect(readTwice(createLabelPool(), { pod: 'x'.repeat(5_000) }).isKept).toBe(false);
});
