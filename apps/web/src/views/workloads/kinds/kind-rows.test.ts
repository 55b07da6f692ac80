import { expect, it } from 'vitest';
import { STAT_COLUMNS } from './columns.ts';
import { matching, nextKindSort, parseKindSort, sorted } from './kind-rows.ts';

const rows = [
  { name: 'web', rps: 2 },
  { name: 'cart', rps: null },
  { name: 'api', rps: 7 },
];

it('matching(rows, filter) has every word somewhere', () => {
  expect(matching(rows, ' WE ', ({ name }) => name)).toEqual([rows[0]]);
  expect(matching(rows, '', ({ name }) => name)).toBe(rows);
});

it('sorted() keeps what has no value last, whichever way', () => {
  const order = (direction: 'ascending' | 'descending') =>
    sorted(
      rows,
      { column: 'rate', direction },
      ({ rps }) => rps,
      ({ name }) => name,
    ).map(({ name }) => name);
  expect(order('ascending')).toEqual(['web', 'api', 'cart']);
  expect(order('descending')).toEqual(['api', 'web', 'cart']);
});

it('a sort is in the address, and nothing for the usual one', () => {
  const columns = STAT_COLUMNS.pod;
  expect(parseKindSort('-rate', columns)).toEqual({ column: 'rate', direction: 'descending' });
  expect(parseKindSort('nonsense', columns)).toEqual({ column: 'name', direction: 'ascending' });
  expect(nextKindSort({ column: 'name', direction: 'ascending' }, 'rate', true)).toBe('-rate');
  expect(nextKindSort({ column: 'rate', direction: 'descending' }, 'rate', true)).toBe('rate');
  expect(nextKindSort({ column: 'rate', direction: 'ascending' }, 'name', false)).toBe(null);
});
