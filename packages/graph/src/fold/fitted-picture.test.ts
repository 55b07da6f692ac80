import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { describe, expect, it } from 'vitest';
import { LEAST_ZOOM } from '../draw/encode.ts';
import { LIGHT } from '../draw/palette.ts';
import { svg } from '../draw/svg/svg.ts';
import { recordedGraph } from '../quality/recordings.ts';
import { fittedPicture } from './fitted-picture.ts';

const JUDGE = { successTarget: 0.99 };
const GRAPH = {
  ...recordedGraph(),
  namespaces: ['backoffice', 'fulfilment', 'storefront'],
  at: '2026-11-23T15:47:10Z',
};
const WHOLE = {
  focus: null,
  scope: [],
  folded: [],
  unfolded: [],
  hidden: [],
  only: null,
  lines: 'strong' as const,
};
const at = (width: number, wish = {}) => {
  const fitted = fittedPicture(GRAPH, { ...WHOLE, ...wish }, { width, height: null }, JUDGE);
  if (fitted.picture.kind === 'overview') throw new Error('a small graph is drawn whole');
  return { ...fitted, scene: fitted.picture.scene, layout: fitted.picture.layout };
};

describe('fittedPicture(graph, wish, room, judge)', () => {
  it('shows all of it, and near, where there is room', () => {
    const picture = at(2000);
    expect(picture).toMatchObject({ zoom: 1, detail: 'near' });
    expect(picture.scene.links).toHaveLength(30);
  });

  it('folds until names can be read at 600 px: none is smaller than 8 px', () => {
    const { scene, layout, zoom, detail } = at(600);
    expect(zoom).toBeGreaterThanOrEqual(LEAST_ZOOM);
    const drawn = svg(scene, layout, {
      colours: LIGHT,
      title: '',
      detail,
      successTarget: 0.99,
      latencyTargetMs: 1000,
      bounds: PROXY_BOUNDS_MS,
    });
    const sizes = [...drawn.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size) * zoom);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(8);
  });

  it('opens the namespace that is looked at, whatever is folded', () => {
    const { scene } = at(1200, { focus: 'storefront/deployment/web', folded: ['storefront'] });
    expect(scene.cards.map(({ id }) => id)).toContain('storefront/deployment/web');
    expect(scene.cards.map(({ id }) => id)).not.toContain('folded:storefront');
  });

  it('keeps places when the same graph comes again', () => {
    const first = at(900);
    const again = fittedPicture(GRAPH, WHOLE, { width: 900, height: null }, JUDGE, first);
    expect(again.picture.layout.cards).toEqual(first.layout.cards);
  });
});
