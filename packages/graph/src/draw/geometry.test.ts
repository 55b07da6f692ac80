import { describe, expect, it } from 'vitest';
import { arrowPath, linkPath } from './geometry.ts';

const tall = [
  { x: 0, y: 0 },
  { x: 40, y: 0 },
  { x: 40, y: 100 },
  { x: 120, y: 100 },
];

describe('linkPath(points, endBefore)', () => {
  it('is a level line where there is no rise', () => {
    expect(
      linkPath(
        [
          { x: 0, y: 5 },
          { x: 80, y: 5 },
        ],
        8,
      ),
    ).toBe('M0 5H72');
  });

  it('rounds both corners of a tall rise', () => {
    const path = linkPath(tall, 8);
    expect(path).toMatch(/^M0 0H28C/);
    expect(path).toContain('V83.8');
    expect(path).toMatch(/H112$/);
  });

  it('draws a low rise as one curve', () => {
    const low = tall.map(({ x, y }) => ({ x, y: y / 10 }));
    expect(linkPath(low, 8)).toBe('M0 0H28C40 0 40 10 52 10H112');
  });

  it('keeps corners within the level stretch that two rises share', () => {
    const path = linkPath([...tall.slice(0, 3), { x: 50, y: 100 }, { x: 50, y: 0 }, { x: 120, y: 0 }], 8);
    expect(path).not.toContain('NaN');
    expect(path).toContain(' 45 100');
  });

  it('turns back on itself with corners that face each other', () => {
    const path = linkPath([...tall.slice(0, 3), { x: -60, y: 100 }, { x: -60, y: 160 }, { x: 0, y: 160 }], 8);
    expect(path).toContain('28 100');
  });

  it('is empty without points', () => {
    expect(linkPath([], 8)).toBe('');
  });
});

it('arrowPath(end, size) stands 1.5 before the card', () => {
  expect(arrowPath({ x: 100, y: 10 }, 7)).toBe('M98.5 10l-7 -3.5v7z');
});
