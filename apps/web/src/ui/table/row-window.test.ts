import { describe, expect, it } from 'vitest';
import { rowWindow } from './row-window.ts';

describe('rowWindow(rows, scrolled, height, row)', () => {
  it('draws all rows of a table that is not long', () => {
    expect(rowWindow(150, 4000, 600, 32)).toEqual({ from: 0, to: 150 });
  });

  it('draws what is in sight of one that is not long, too, when it is told to', () => {
    const { from, to } = rowWindow(150, 0, 600, 32, 0);
    expect(from).toBe(0);
    expect(to).toBeGreaterThanOrEqual(600 / 32);
    expect(to).toBeLessThan(100);
  });

  it('draws what is in sight and a few around it', () => {
    const { from, to } = rowWindow(5000, 32_000, 640, 32);
    expect(from).toBeLessThanOrEqual(1000);
    expect(to).toBeGreaterThanOrEqual(1020);
    expect(to - from).toBeLessThan(100);
  });

  it('stays inside the table at both ends', () => {
    expect(rowWindow(5000, -50, 640, 32).from).toBe(0);
    expect(rowWindow(5000, 1e9, 640, 32)).toMatchObject({ to: 5000 });
    expect(rowWindow(5000, 1e9, 640, 32).from).toBeLessThan(5000);
  });

  it('draws nothing new for a small scroll', () => {
    expect(rowWindow(5000, 3200, 640, 32)).toEqual(rowWindow(5000, 3210, 640, 32));
  });
});
