// Old lanes that a new card or box would push aside. Knows old places only.

import type { Board } from '../board.ts';
import type { LayoutState } from '../place.ts';

/** A lane that must go elsewhere counts like this many px of distance. */
export const LANE_HIT = 120;

/** How many lanes of old links pass where a card would stand. */
export function lanesInTheWay(
  board: Board,
  state: LayoutState,
  column: number,
  y: number,
  height: number,
): number {
  let hits = 0;
  for (const [link, id] of board.links.entries()) {
    const kept = state.links[id];
    const from = state.cards[board.cards[board.source[link]!]!];
    const to = state.cards[board.cards[board.target[link]!]!];
    if (!kept || !from || !to) continue;
    const forward = to.column > from.column;
    const first = forward ? from.column + 1 : to.column;
    const last = forward ? to.column - 1 : from.column;
    if (column < first || column > last) continue;
    const level = kept.lanes[forward ? column - first : 0];
    if (level !== undefined && level > y - 6 && level < y + height + 6) hits++;
  }
  return hits;
}
