import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { STEADY } from '../../test-data/steady.ts';
import { litByCard, litByLink, litNow } from './lit.ts';

const { links } = toScene(STEADY);
const orders = 'fulfilment/deployment/orders';

describe('litByCard(cardId, links)', () => {
  it('lights the card, its neighbours and the links between them', () => {
    const lit = litByCard(orders, links);
    expect(lit.cards).toContain('fulfilment/statefulset/ledger');
    expect(lit.cards).toContain('fulfilment/deployment/checkout');
    expect(lit.cards).not.toContain('storefront/deployment/cart');
    expect([...lit.links].every((id) => id.includes(orders))).toBe(true);
  });
});

describe('litByLink(link, links)', () => {
  it('lights what else its caller calls, but no other caller of its target', () => {
    const link = links.find(({ id }) => id === `fulfilment/deployment/checkout>${orders}`);
    if (!link) throw new Error('no such link');
    const lit = litByLink(link, links);
    expect(lit.links).toContain('fulfilment/deployment/checkout>fulfilment/deployment/payments');
    expect(lit.links).not.toContain(`backoffice/deployment/web>${orders}`);
  });
});

describe('litNow(facts)', () => {
  const cards = new Map([[orders, null]]);
  const facts = { links, cards, pointedCard: null, selectedCard: null, selectedLink: null };

  it('dims nothing while nothing is pointed at or selected', () => {
    expect(litNow(facts)).toBeNull();
    expect(litNow({ ...facts, selectedCard: 'gone' })).toBeNull();
  });

  it('lets what is pointed at win over what is selected', () => {
    const [first] = links;
    expect(litNow({ ...facts, pointedCard: orders, selectedLink: first ?? null })?.cards).toContain(orders);
  });
});
