import { csv } from '@latchwork/figures/csv/csv';
import type { StatRow } from '@latchwork/shared/stat';
import { expect, it } from 'vitest';
import { nextColumnSort, parseColumnSort } from '../../../ui/table/column-sort.ts';
import { csvColumns, STAT_COLUMNS } from './columns.ts';
import { kindSorting, matching, sorted } from './kind-rows.ts';

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
  const sorting = kindSorting(STAT_COLUMNS.pod);
  expect(parseColumnSort('-rate', sorting)).toEqual({ column: 'rate', direction: 'descending' });
  expect(parseColumnSort('nonsense', sorting)).toEqual({ column: 'name', direction: 'ascending' });
  expect(nextColumnSort({ column: 'name', direction: 'ascending' }, 'rate', sorting)).toBe('-rate');
  expect(nextColumnSort({ column: 'rate', direction: 'descending' }, 'rate', sorting)).toBe('rate');
  expect(nextColumnSort({ column: 'rate', direction: 'ascending' }, 'name', sorting)).toBe(null);
});

it('shares of pods are sorted by what they are, and the unknown is last and empty in a file', () => {
  const row = (name: string, pods: StatRow['pods']): StatRow => ({
    ...{ id: name, kind: 'namespace', namespace: '', name, owner: null, status: null, meshed: null },
    ...{ pods, refused: null, decisions: null, tcp: null, golden: null },
  });
  const of = (meshed: number, running: number) => ({ meshed, running, failed: 0 });
  const all = [row('ten', of(10, 10)), row('half', of(1, 2)), row('unknown', null), row('none', of(0, 3))];
  const column = STAT_COLUMNS.namespace.find(({ name }) => name === 'meshed')!;
  const order = (direction: 'ascending' | 'descending') =>
    sorted(all, { column: 'meshed', direction }, column.value, ({ name }) => name).map(({ name }) => name);
  expect(order('ascending')).toEqual(['none', 'half', 'ten', 'unknown']);
  expect(order('descending')).toEqual(['ten', 'half', 'none', 'unknown']);
  expect(csv(all, csvColumns([column], []))).toBe('meshed\r\n10 of 10\r\n1 of 2\r\n\r\n0 of 3\r\n');
});
