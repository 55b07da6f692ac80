import { describe, expect, it } from 'vitest';
import { freeCorner } from './free-corner.ts';
import { fitted, fitZoom } from './viewport.svelte.ts';

describe('fitZoom(content, screen)', () => {
  it('shows all of it, and does not blow up what is small', () => {
    expect(fitZoom({ width: 1968, height: 400 }, { width: 1016, height: 900 })).toBeCloseTo(0.5);
    expect(fitZoom({ width: 200, height: 100 }, { width: 1400, height: 900 })).toBe(1.15);
  });
});

describe('fitted(content, screen, top)', () => {
  it('puts the middle of the content in the middle of the screen, below what is taken at the top', () => {
    const content = { x: -100, y: 20, width: 1968, height: 400 };
    const { x, y, k } = fitted(content, { width: 1016, height: 900 }, 36);
    expect(x + k * (content.x + content.width / 2)).toBeCloseTo(508);
    expect(y + k * content.y).toBeCloseTo(52);
  });
});

describe('freeCorner(layout, seen, screen, panel, corners)', () => {
  const layout = { boxes: [], cards: [{ id: 'a', x: 0, y: 500, width: 300, height: 300 }], links: [] };
  const screen = { width: 1000, height: 800 };
  const panel = { width: 200, height: 100 };

  it('is the first corner with nothing under it', () => {
    const seen = { x: 0, y: 0, k: 1 };
    expect(freeCorner(layout, seen, screen, panel, ['bottom-left', 'bottom-right'])).toBe('bottom-right');
    expect(freeCorner(layout, seen, screen, panel, ['bottom-left'])).toBeNull();
  });

  it('goes by what is seen', () => {
    expect(freeCorner(layout, { x: 500, y: -100, k: 0.5 }, screen, panel, ['bottom-left'])).toBe(
      'bottom-left',
    );
  });
});
