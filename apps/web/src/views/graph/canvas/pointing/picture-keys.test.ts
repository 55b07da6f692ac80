import { layout } from '@latchwork/graph/layout/layout';
import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../../test-data/steady.ts';
import { pictureKey } from './picture-keys.ts';

const scene = toScene(STEADY);
const facts = { lastCard: null, cards: layout(scene).cards, links: scene.links };
const ledger = 'fulfilment/statefulset/ledger';
const orders = 'fulfilment/deployment/orders';

describe('pictureKey(key, facts)', () => {
  it('walks from card to card', () => {
    expect(pictureKey('ArrowRight', { ...facts, target: { card: 'unmeshed' } })?.do).toBe('focus-card');
    expect(pictureKey('ArrowLeft', { ...facts, target: { card: 'unmeshed' } })).toBeNull();
  });

  it('steps through the edges of a card, and begins again', () => {
    const only = `${orders}>${ledger}`;
    const first = pictureKey('e', { ...facts, target: { card: ledger } });
    expect(first).toEqual({ do: 'focus-link', id: only, of: ledger });
    expect(pictureKey('e', { ...facts, target: { link: only }, lastCard: ledger })).toEqual(first);
  });

  it('stays with the card whose edges are stepped through', () => {
    const into = `backoffice/deployment/web>${orders}`;
    const next = pictureKey('e', { ...facts, target: { link: into }, lastCard: orders });
    expect(next).toMatchObject({ do: 'focus-link', of: orders });
    expect(next).not.toMatchObject({ id: into });
  });

  it('looks at a neighbourhood, hides, and presses', () => {
    expect(pictureKey('f', { ...facts, target: { card: orders } })).toEqual({
      do: 'neighbourhood',
      card: orders,
    });
    expect(pictureKey('h', { ...facts, target: { card: orders } })).toEqual({ do: 'hide', card: orders });
    expect(pictureKey(' ', { ...facts, target: { card: orders } })).toEqual({ do: 'press' });
  });

  it('leaves other keys alone', () => {
    expect(pictureKey('x', { ...facts, target: { card: orders } })).toBeNull();
    expect(pictureKey('f', { ...facts, target: null })).toBeNull();
  });
});
