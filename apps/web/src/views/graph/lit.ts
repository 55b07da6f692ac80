// What stays lit when the reader points at or selects something; all else is dimmed.

import type { Link } from '@latchwork/graph/link';

export interface Lit {
  cards: ReadonlySet<string>;
  links: ReadonlySet<string>;
}

/** A card lights its neighbours and the links to them. */
export function litByCard(cardId: string, links: readonly Link[]): Lit {
  const touching = links.filter(({ source, target }) => source === cardId || target === cardId);
  return {
    cards: new Set([cardId, ...touching.flatMap(({ source, target }) => [source, target])]),
    links: new Set(touching.map(({ id }) => id)),
  };
}

/** A link lights the neighbourhood of its caller: whom else it calls is what one compares it with. */
export function litByLink(link: Link, links: readonly Link[]): Lit {
  const { cards, links: lit } = litByCard(link.source, links);
  return { cards: new Set([...cards, link.target]), links: new Set([...lit, link.id]) };
}
