// What stays of a scene when the reader looks at one thing, or at what is wrong.

import type { Card } from './card.ts';
import type { Link } from './link.ts';

/** The card (or the cards of the box) `focus`, whoever it talks to, and the links between it and them. */
export function neighbourhood(
  cards: readonly Card[],
  links: readonly Link[],
  focus: string,
): { cards: Card[]; links: Link[] } {
  const middle = new Set(cards.filter(({ id, home }) => id === focus || home === focus).map(({ id }) => id));
  const touching = links.filter(({ source, target }) => middle.has(source) || middle.has(target));
  const kept = new Set([...middle, ...touching.flatMap(({ source, target }) => [source, target])]);
  return { cards: cards.filter(({ id }) => kept.has(id)), links: touching };
}

/** Anything but a healthy link that is wholly locked. */
export function isProblem({
  mark,
  tone,
  refusedRps,
  unreachedRps,
}: Pick<Link, 'mark' | 'tone' | 'refusedRps' | 'unreachedRps'>): boolean {
  return mark !== 'secured' || (tone !== 'good' && tone !== 'none') || refusedRps > 0 || unreachedRps > 0;
}
