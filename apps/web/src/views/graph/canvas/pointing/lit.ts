// What stays lit when the reader points at or selects something; all else is dimmed.

import type { Link } from '@latchwork/graph/scene/link';

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

export interface LitFacts {
  links: readonly Link[];
  /** Ids of cards that are in the picture. */
  cards: ReadonlyMap<string, unknown>;
  pointedCard: string | null;
  selectedCard: string | null;
  selectedLink: Link | null;
  /** Of the problem that is open. */
  places?: Lit | null;
}

/** What is pointed at wins over what is selected; null: nothing is dimmed. */
export function litNow({
  links,
  cards,
  pointedCard,
  selectedCard,
  selectedLink,
  places = null,
}: LitFacts): Lit | null {
  if (pointedCard !== null && cards.has(pointedCard)) return litByCard(pointedCard, links);
  if (selectedLink) return litByLink(selectedLink, links);
  return selectedCard !== null && cards.has(selectedCard) ? litByCard(selectedCard, links) : places;
}
