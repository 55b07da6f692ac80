import { expect, it } from 'vitest';
import { parseQuery } from './compilers.ts';

it('has namespaces as a list, and of others what is repeated', () => {
  expect({ ...parseQuery('namespace=a&window=60s') }).toEqual({ namespace: ['a'], window: '60s' });
  expect({ ...parseQuery('namespace=a&at=1&namespace=b&at=2&at=3') }).toEqual({
    namespace: ['a', 'b'],
    at: ['1', '2', '3'],
  });
});

it('adds to the list that there is, however many come', () => {
  // Copied for each that comes, they would take minutes.
  const query = parseQuery('namespace=x&'.repeat(200_000));
  expect(query['namespace']?.length).toBe(200_000);
});

it('knows no names but those of the address', () => {
  expect(parseQuery('__proto__=x&constructor=y')['toString']).toBeUndefined();
});
