// Who gets a card of its own where not all have room: one end of each line with a fault, then who has the most to say.

import { byRank, type Line, toLine } from '../overview/line.ts';
import type { Card } from '../scene/card.ts';
import type { Link } from '../scene/link.ts';

/** Broken, failing, refused or in the clear: such a card takes the place of one that has nothing of it. */
const URGENT = 2;
const WELL = 5;
const KEPT_SHARE = 1.5;

/** Ids of cards that have a reason of their own to be there. */
export interface Kept {
  /** There already: they stay while half as many again would have one. */
  drawn: ReadonlySet<string>;
  /** Where the reader comes from: it stays whatever it has to say. */
  from: ReadonlySet<string>;
}

/** All but the `most` that keep a card, the worst first. */
export function withoutCard(
  cards: readonly Card[],
  links: readonly Link[],
  most: number,
  { drawn, from }: Kept,
): Card[] {
  const { ranked, urgent } = ranking(cards, links);
  const near = ranked.slice(0, Math.ceil(KEPT_SHARE * most)).filter(({ id }) => drawn.has(id));
  const named = new Set([...ranked.filter(({ id }) => from.has(id)), ...near].slice(0, most));
  for (const card of ranked) if (named.size < most) named.add(card);
  const quiet = ranked.filter((card) => named.has(card) && !urgent.has(card) && !from.has(card.id));
  for (const card of ranked) {
    if (!urgent.has(card) || named.has(card)) continue;
    const weakest = quiet.pop();
    if (!weakest) break;
    named.delete(weakest);
    named.add(card);
  }
  return ranked.filter((card) => !named.has(card));
}

function ranking(cards: readonly Card[], links: readonly Link[]): { ranked: Card[]; urgent: Set<Card> } {
  const byIds = new Map(cards.map((card) => [card.id, card]));
  const lines = links.map(toLine).sort(byRank);
  const worst = new Map<string, Line>();
  const first = new Set<Card>();
  const urgent = new Set<Card>();
  for (const line of lines) {
    const ends = [byIds.get(line.target), byIds.get(line.source)].filter((card) => card !== undefined);
    for (const { id } of ends) if (!worst.has(id)) worst.set(id, line);
    const [one] = ends;
    if (!one || line.rank === WELL || ends.some((card) => first.has(card))) continue;
    first.add(one);
    if (line.rank <= URGENT) urgent.add(one);
  }
  const others = cards.filter((card) => !first.has(card));
  others.sort((a, b) => {
    const [x, y] = [worst.get(a.id), worst.get(b.id)];
    if (!x || !y) return x ? -1 : y ? 1 : byId(a, b);
    return byRank(x, y) || byId(a, b);
  });
  return { ranked: [...first, ...others], urgent };
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
