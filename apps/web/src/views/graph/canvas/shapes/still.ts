// Whether a picture is too large to move.

import type { Layout } from '@latchwork/graph/layout/place';

/**
 * Cards and lines. What fades or travels is painted as a layer of its own, frame by frame; hundreds of them take the
 * processors from everything else for longer than the movement lasts.
 */
const MOST_MOVING = 100;

export function isStill({ cards, links }: Pick<Layout, 'cards' | 'links'>): boolean {
  return cards.length + links.length > MOST_MOVING;
}
