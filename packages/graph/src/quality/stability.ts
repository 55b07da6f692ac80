// What moved between two pictures: nothing should that is in both.

import type { Layout, PlacedLink } from '../layout/place.ts';

const CARD_MOVES = 0.5;
const LEVEL_MOVES = 8; // a port may give way by so much

/** Ids of cards that are in both and stand elsewhere. */
export function movedCards(before: Layout, after: Layout): string[] {
  const at = new Map(before.cards.map((card) => [card.id, card]));
  return after.cards
    .filter(({ id, x, y }) => {
      const old = at.get(id);
      return old && (Math.abs(old.x - x) > CARD_MOVES || Math.abs(old.y - y) > CARD_MOVES);
    })
    .map(({ id }) => id);
}

/** Of those, the ones that moved sideways: never, whatever comes. */
export function movedSideways(before: Layout, after: Layout): string[] {
  const at = new Map(before.cards.map((card) => [card.id, card.x]));
  return after.cards.filter(({ id, x }) => Math.abs((at.get(id) ?? x) - x) > CARD_MOVES).map(({ id }) => id);
}

/** Ids of links that are in both and run on other levels. */
export function changedLinks(before: Layout, after: Layout): string[] {
  const at = new Map(before.links.map((link) => [link.id, levelsOf(link)]));
  return after.links
    .filter((link) => {
      const [old, now] = [at.get(link.id), levelsOf(link)];
      return (
        old && (old.length !== now.length || old.some((level, i) => Math.abs(level - now[i]!) > LEVEL_MOVES))
      );
    })
    .map(({ id }) => id);
}

/** Levels from source to target; those nearer than a port's move are one. */
function levelsOf({ points }: PlacedLink): number[] {
  const levels: number[] = [];
  for (const { y } of points)
    if (levels.length === 0 || Math.abs(levels.at(-1)! - y) > LEVEL_MOVES) levels.push(y);
  return levels;
}
