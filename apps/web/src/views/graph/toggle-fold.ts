// Folding and unfolding as a change of place: what the reader folds or opens by hand is in the address.

import { type Folds, foldedNow } from '@latchwork/graph/fold/folded-now';

/** `byItself` are the boxes that fold without the reader, because the picture is large. */
export function toggleFold(place: Folds, box: string, byItself: ReadonlySet<string>): Folds {
  const without = (names: readonly string[]) => names.filter((name) => name !== box);
  const [folded, unfolded] = [without(place.folded), without(place.unfolded)];
  const opens = foldedNow(place, byItself).has(box);
  if (opens) return { folded, unfolded: byItself.has(box) ? [...unfolded, box] : unfolded };
  return { folded: byItself.has(box) ? folded : [...folded, box], unfolded };
}
