import { describe, expect, it } from 'vitest';
import { wayClear } from './clear-of.ts';

const SCREEN = { width: 1000, height: 600 };
const card = (x: number, y: number) => ({ x, y, width: 148, height: 56 });

describe('wayClear(area, screen, over)', () => {
  it('leaves alone what is in sight', () => {
    expect(wayClear(card(400, 300), SCREEN, [])).toEqual({ dx: 0, dy: 0 });
  });

  it('moves no further than needed', () => {
    expect(wayClear(card(-10, 300), SCREEN, [])).toEqual({ dx: 34, dy: 0 });
    expect(wayClear(card(900, 590), SCREEN, [])).toEqual({ dx: -72, dy: -70 });
  });

  it('shows the beginning of what is too large', () => {
    expect(wayClear({ x: 50, y: 100, width: 1200, height: 56 }, SCREEN, [])).toEqual({ dx: -26, dy: 0 });
  });

  it('comes out from under a legend by the shortest way', () => {
    const legend = { x: 20, y: 400, width: 318, height: 184 };
    expect(wayClear(card(250, 500), SCREEN, [legend])).toEqual({ dx: 96, dy: 0 });
    expect(wayClear(card(100, 410), SCREEN, [legend])).toEqual({ dx: 0, dy: -74 });
  });

  it('does not go from one under the other', () => {
    const legend = { x: 20, y: 400, width: 318, height: 184 };
    const zoom = { x: 350, y: 400, width: 200, height: 184 };
    expect(wayClear(card(250, 500), SCREEN, [legend, zoom])).toEqual({ dx: 0, dy: -164 });
  });

  it('stays on the screen when all of it is covered', () => {
    const all = { x: 0, y: 0, width: 1000, height: 600 };
    expect(wayClear(card(-10, 300), SCREEN, [all])).toEqual({ dx: 34, dy: 0 });
  });
});
