// Several columns in the place of one that is too tall. By itself, for only an open box of a large graph needs it.

import type { Board } from '../board.ts';

const MOST_IN_COLUMN = 12;
/** A card with its gap is about 70 px high, a column with its lanes 250 wide, a screen 1.85 times as wide as high. */
const CARDS_PER_COLUMN = 2;

/**
 * Between two sides there is more room for columns than for taller ones, until they are about as wide as a screen. Those who
 * call out most stand further right.
 */
export function foldTallColumns({ cards, sides, source, target }: Board, layer: Int32Array): void {
  const inside = [...cards.keys()].filter((card) => sides[card] === null);
  const columns = [...new Set(inside.map((card) => layer[card]!))].sort((a, b) => a - b);
  const stacks = columns.map((at) => ({ own: inside.filter((card) => layer[card] === at), parts: 1 }));
  if (stacks.length === 0) return;
  const tallness = ({ own, parts }: (typeof stacks)[number]) => Math.ceil(own.length / parts);
  for (let count = stacks.length + 2; ; count++) {
    const tallest = stacks.reduce((a, b) => (tallness(b) > tallness(a) ? b : a));
    if (tallness(tallest) <= Math.max(MOST_IN_COLUMN, CARDS_PER_COLUMN * (count + 1))) break;
    tallest.parts += 1;
  }
  const outwards = new Float64Array(cards.length);
  for (const e of source.keys()) {
    if (sides[target[e]!]) outwards[source[e]!]! += 1;
    if (sides[source[e]!]) outwards[target[e]!]! -= 1;
  }
  let first = 0;
  for (const { own, parts } of stacks) {
    const inEach = Math.ceil(own.length / parts);
    own.sort((a, b) => outwards[a]! - outwards[b]! || a - b);
    for (const [i, card] of own.entries()) layer[card] = first + Math.floor(i / inEach);
    first += parts;
  }
}
