import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.ts';

function at(id: string, x: number, y: number) {
  return { id, x, y, width: 148, height: 56 };
}

const cards = [at('web', 400, 200), at('cart', 700, 100), at('search', 700, 212), at('low', 400, 400)];

describe('nearest(cards, from, direction)', () => {
  it('prefers the card straight ahead over one aslant', () => {
    expect(nearest(cards, 'web', 'right')).toBe('search');
  });

  it('walks up and down a column', () => {
    expect(nearest(cards, 'search', 'up')).toBe('cart');
    expect(nearest(cards, 'cart', 'down')).toBe('search');
    expect(nearest(cards, 'web', 'down')).toBe('low');
  });

  it('stays at the rim, and knows when a card is gone', () => {
    expect(nearest(cards, 'cart', 'right')).toBeNull();
    expect(nearest(cards, 'nobody', 'left')).toBeNull();
  });
});
