// Folding and unfolding as a change of place: what the reader folds or opens by hand is in the address.

import { type Folds, foldedNow } from '@latchwork/graph/fold/folded-now';

/** `byItself` are the namespaces that fold without the reader, because the picture is large. */
export function toggleFold(place: Folds, namespace: string, byItself: ReadonlySet<string>): Folds {
  const without = (names: readonly string[]) => names.filter((name) => name !== namespace);
  const [folded, unfolded] = [without(place.folded), without(place.unfolded)];
  const opens = foldedNow(place, byItself).has(namespace);
  if (opens) return { folded, unfolded: byItself.has(namespace) ? [...unfolded, namespace] : unfolded };
  return { folded: byItself.has(namespace) ? folded : [...folded, namespace], unfolded };
}
