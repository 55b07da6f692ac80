import { layout } from '@latchwork/graph/layout/layout';
import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../test-data/steady.ts';
import { areaOf, cardSelection, linkSelection, toSelection } from './selection.ts';

const scene = toScene(STEADY);

describe('toSelection(selected, graph, scene)', () => {
  it('finds a workload with its card', () => {
    const found = toSelection('storefront/deployment/web', STEADY, scene);
    expect(found).toMatchObject({ kind: 'node', card: { id: 'storefront/deployment/web' } });
  });

  it('finds a workload inside its folded namespace', () => {
    const folded = toScene(STEADY, { folded: new Set(['storefront']) });
    expect(toSelection('storefront/deployment/web', STEADY, folded)).toMatchObject({
      kind: 'node',
      card: { id: 'folded:storefront' },
    });
  });

  it('finds an edge, and the line that draws it', () => {
    expect(toSelection('storefront/deployment/web~storefront/deployment/cart', STEADY, scene)).toMatchObject({
      kind: 'edge',
      link: { id: 'storefront/deployment/web>storefront/deployment/cart' },
    });
  });

  it('finds what stands for several', () => {
    expect(toSelection('external', STEADY, scene)).toMatchObject({ kind: 'card' });
    expect(toSelection('fulfilment/deployment/checkout~external', STEADY, scene)).toMatchObject({
      kind: 'link',
    });
  });

  it('is null for what is not there (any more)', () => {
    expect(toSelection(null, STEADY, scene)).toBeNull();
    expect(toSelection('storefront/deployment/gone', STEADY, scene)).toBeNull();
    expect(toSelection('a~b', STEADY, scene)).toBeNull();
  });

  it('leads back from every card and line to itself', () => {
    for (const card of scene.cards) {
      const found = toSelection(cardSelection(card), STEADY, scene);
      expect(found && 'card' in found && found.card).toBe(card);
    }
    for (const link of scene.links) {
      const found = toSelection(linkSelection(link), STEADY, scene);
      expect(found && 'link' in found && found.link).toBe(link);
    }
  });
});

describe('areaOf(layout, cardId, link)', () => {
  const placed = layout(scene);

  it('is the card itself', () => {
    const web = 'storefront/deployment/web';
    expect(areaOf(placed, web, null)).toBe(placed.cards.find(({ id }) => id === web));
    expect(areaOf(placed, null, null)).toBeNull();
  });

  it('is the mark of a line together with its target', () => {
    const link = scene.links.find(({ mark }) => mark === 'mixed') ?? null;
    const target = placed.cards.find(({ id }) => id === link?.target);
    const area = areaOf(placed, null, link);
    expect(area?.width).toBeGreaterThan(target?.width ?? 0);
    expect((area?.x ?? 0) + (area?.width ?? 0)).toBe((target?.x ?? 0) + (target?.width ?? 0));
  });
});

describe('toSelection of a pair', () => {
  it('finds the calls inside a folded namespace, which no line draws', () => {
    const found = toSelection('folded:storefront~folded:storefront', STEADY, scene);
    expect(found?.kind === 'link' && found.link.edges.length).toBeGreaterThan(1);
  });

  it('finds the one edge of a pair as that edge', () => {
    const found = toSelection('storefront/deployment/web~storefront/deployment/cart', STEADY, scene);
    const { edge } = found as Extract<typeof found, { kind: 'edge' }>;
    expect(edge.target).toBe('storefront/deployment/cart');
    expect(toSelection('folded:storefront~nobody', STEADY, scene)).toBeNull();
  });
});
