import { describe, expect, it } from 'vitest';
import { RowKeeper } from './row-keeper.ts';
import { heldOrder, isClearlyOff, rowsToMove, sortRanked } from './row-order.ts';

const rows = (values: Record<string, number | string | null>) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
const keys = (values: Record<string, number | string | null>, direction: 'ascending' | 'descending') =>
  sortRanked(rows(values), direction).map(({ key }) => key);

describe('sortRanked(rows, direction)', () => {
  it('puts what has no data last in both directions', () => {
    expect(keys({ a: 1, b: null, c: 2 }, 'ascending')).toEqual(['a', 'c', 'b']);
    expect(keys({ a: 1, b: null, c: 2 }, 'descending')).toEqual(['c', 'a', 'b']);
  });
});

describe('heldOrder(shown, wanted)', () => {
  it('keeps what is shown, drops what is gone, and sets what is new beside its neighbours', () => {
    expect(heldOrder(['c', 'a', 'b'], ['new', 'a', 'fresh', 'c'])).toEqual(['new', 'c', 'a', 'fresh']);
  });
});

describe('rowsToMove(shown, wanted)', () => {
  it('counts the fewest rows that have to be picked up', () => {
    expect(rowsToMove(['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'])).toBe(0);
    expect(rowsToMove(['d', 'a', 'b', 'c'], ['a', 'b', 'c', 'd'])).toBe(1);
    expect(rowsToMove(['c', 'b', 'a'], ['a', 'b', 'c'])).toBe(2);
  });
});

describe('isClearlyOff(shown, direction)', () => {
  it('forgives numbers that hardly differ, and nothing else', () => {
    expect(isClearlyOff(rows({ a: 10, b: 10.3, c: 10.1 }), 'descending')).toBe(false);
    expect(isClearlyOff(rows({ a: 10, b: 12 }), 'descending')).toBe(true);
    expect(isClearlyOff(rows({ a: 10, b: 9, c: 9.9 }), 'ascending')).toBe(true);
    expect(isClearlyOff(rows({ a: null, b: 1 }), 'ascending')).toBe(true);
    expect(isClearlyOff(rows({ a: 'b', b: 'a' }), 'ascending')).toBe(true);
  });

  it('adds up small steps, so that a slow drift is seen', () => {
    expect(isClearlyOff(rows({ a: 10, b: 10.4, c: 10.8 }), 'descending')).toBe(true);
  });
});

describe('RowKeeper', () => {
  const direction = 'descending';

  it('moves nothing while it is held, and says how much would move', () => {
    const keeper = new RowKeeper();
    expect(keeper.keep({ rows: rows({ a: 1, b: 2 }), direction, held: false, asked: 'x' }).keys).toEqual([
      'b',
      'a',
    ]);
    const held = keeper.keep({ rows: rows({ a: 9, b: 2 }), direction, held: true, asked: 'x' });
    expect(held).toEqual({ keys: ['b', 'a'], moves: 1 });
    expect(keeper.keep({ rows: rows({ a: 9, b: 2 }), direction, held: false, asked: 'x' })).toEqual({
      keys: ['a', 'b'],
      moves: 0,
    });
  });

  it('sorts at once when the reader asks for it, held or not', () => {
    const keeper = new RowKeeper();
    keeper.keep({ rows: rows({ a: 1, b: 2 }), direction, held: true, asked: 'x' });
    expect(keeper.keep({ rows: rows({ a: 9, b: 2 }), direction, held: true, asked: 'y' }).keys).toEqual([
      'a',
      'b',
    ]);
  });
});
