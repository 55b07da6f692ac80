import { describe, expect, it } from 'vitest';
import type { Item } from './item.ts';
import type { Matrix } from './matrix.ts';
import { nextZoom, toSizes } from './sizes.ts';

/** So many workloads on both sides; what calls whom makes no size. */
function matrixOf(count: number): Matrix {
  const items = Array.from({ length: count }, (_, index): Item => {
    const id = `shop/deployment/w${index}`;
    const place = { box: 'shop', group: undefined, namespace: 'shop' };
    return { id, kind: 'workload', label: `w${index}`, ...place, workloads: 1, out: null, in: null };
  });
  const side = [...items.keys()];
  return { items, rows: side, columns: side } as unknown as Matrix;
}

const ROOM = { width: 1400, height: 800, side: 0, isCoarse: false };
const sizesOf = (count: number, zoom: number) =>
  toSizes(matrixOf(count), { ...ROOM, zoom }, (text) => 6 * text.length);

/** Presses until nothing changes any more, with the level and the cell at each step. */
function pressed(count: number, by: -1 | 1) {
  const seen = [];
  for (let zoom = 0, last = -1; zoom !== last; ) {
    const { level, cell, zooms } = sizesOf(count, zoom);
    seen.push([level, cell.width, cell.height]);
    last = zoom;
    zoom = nextZoom(zooms, zoom, by);
  }
  return seen;
}

describe('toSizes(matrix, room, measure)', () => {
  it('keeps the rates of a small matrix where its cells are made larger', () => {
    expect(pressed(20, 1)).toEqual([
      ['near', 60, 22],
      ['near', 75, 28],
      ['near', 90, 33],
      ['near', 120, 44],
    ]);
  });

  it('makes the cells of a small matrix smaller, without rates', () => {
    expect(pressed(20, -1)).toEqual([
      ['near', 60, 22],
      ['middle', 18, 18],
      ['middle', 15, 15],
      ['middle', 13, 13],
    ]);
  });

  it('makes no side of a large matrix smaller where it makes cells larger', () => {
    expect(pressed(70, 1)).toEqual([
      ['middle', 17, 13],
      ['middle', 18, 18],
      ['middle', 22, 22],
      ['middle', 28, 28],
      ['middle', 36, 36],
    ]);
    expect(pressed(70, -1)).toEqual([['middle', 17, 13]]);
  });
});

describe('nextZoom(range, zoom, by)', () => {
  it('needs one press to come back from the end, however often that was pressed', () => {
    expect(nextZoom({ least: -1, most: 2 }, 9, -1)).toBe(1);
    expect(nextZoom({ least: -1, most: 2 }, 2, 1)).toBe(2);
    expect(nextZoom({ least: -1, most: 2 }, 2, 0)).toBe(0);
  });
});
