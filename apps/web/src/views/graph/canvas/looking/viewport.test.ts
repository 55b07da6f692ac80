import { describe, expect, it, vi } from 'vitest';
import { freeCorner } from './free-corner.ts';
import { fitted, fitZoom, Viewport } from './viewport.svelte.ts';

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

describe('Viewport', () => {
  const content = { x: 0, y: 0, width: 2000, height: 900 };
  const screen = { x: 0, y: 0, width: 390, height: 600 };

  function attached(): { viewport: Viewport; detach: () => void } {
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        disconnect() {}
      },
    );
    const beside = document.createElement('div');
    beside.className = 'beside';
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.getBoundingClientRect = () => screen as DOMRect;
    beside.append(svg);
    const viewport = new Viewport();
    const stop = viewport.attach(svg);
    return {
      viewport,
      detach: () => {
        stop();
        vi.unstubAllGlobals();
      },
    };
  }

  it('stays where it brought something to sight, until all is laid out in another size', () => {
    const { viewport, detach } = attached();
    viewport.show(content, 0, false, 'overview');
    const fit = viewport.transform;
    viewport.reveal({ x: 1900, y: 800, width: 90, height: 60 });
    const revealed = viewport.transform;
    expect(revealed).not.toBe(fit);
    viewport.show({ ...content, x: 1 }, 0, false, 'overview');
    expect(viewport.transform).toBe(revealed);
    viewport.show({ ...content, width: 1200 }, 0, false, 'overview');
    viewport.show(content, 0, false, 'overview');
    expect(viewport.transform).toBe(fit);
    detach();
  });

  it.each([
    ['open', 0.48],
    ['overview', 0.5],
    ['whole', fitZoom(content, screen)],
  ] as const)('opens what is %s no smaller than it can be read, and shows all to who wants it', (what, k) => {
    const { viewport, detach } = attached();
    viewport.show(content, 0, false, what);
    expect(viewport.k).toBeCloseTo(k);
    for (let step = 0; step < 9; step++) viewport.zoom(-1);
    expect(viewport.k).toBeCloseTo(fitZoom(content, screen));
    detach();
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
