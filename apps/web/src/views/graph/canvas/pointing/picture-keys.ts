// What a key does in the picture: arrows walk between cards, e steps through the edges of one, f looks at its neighbourhood.
// Answers with what to do; does nothing itself.

import type { Link } from '@latchwork/graph/scene/link';
import { type Direction, nearest, type Placed } from './nearest.ts';
import type { Target } from './pointing.svelte.ts';

export type KeyAction =
  | { do: 'focus-card'; id: string }
  | { do: 'focus-link'; id: string; of: string }
  | { do: 'neighbourhood'; card: string }
  | { do: 'hide'; card: string }
  | { do: 'press' };

const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export interface KeyFacts {
  target: Target | null;
  /** The card that had the focus last. */
  lastCard: string | null;
  cards: readonly Placed[];
  links: readonly Link[];
}

/** Null for keys that mean nothing here. */
export function pictureKey(key: string, { target, lastCard, cards, links }: KeyFacts): KeyAction | null {
  if (key === ' ') return target ? { do: 'press' } : null;
  const link = target && 'link' in target ? links.find(({ id }) => id === target.link) : undefined;
  const ends = link ? [link.source, link.target] : [];
  // On an edge the keys go on from the card whose edges are stepped through.
  const card =
    target && 'card' in target
      ? target.card
      : link && !(lastCard && ends.includes(lastCard))
        ? link.source
        : lastCard;
  if (card === null) return null;
  const direction = ARROWS[key];
  if (direction) {
    const id = nearest(cards, card, direction);
    return id === null ? null : { do: 'focus-card', id };
  }
  if (key === 'e') {
    const touching = links.filter(({ source, target: to }) => source === card || to === card);
    const next =
      touching[(touching.findIndex(({ id }) => id === link?.id) + 1) % Math.max(1, touching.length)];
    return next ? { do: 'focus-link', id: next.id, of: card } : null;
  }
  if (key === 'f') return { do: 'neighbourhood', card };
  return key === 'h' ? { do: 'hide', card } : null;
}
