// What a problem lights: its places, and whoever is before them.

import type { Link } from '@latchwork/graph/scene/link';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Lit } from './lit.ts';

export interface LitQuestion {
  /** Ids of edges and nodes. */
  places: readonly string[];
  /** Whether those before the callers feel it, too. */
  isFelt: boolean;
  /** Nothing beside them: not their callers either. */
  isAlone?: boolean;
}

/** Null when nothing of it is in the picture. */
export function litByPlaces(
  { places, isFelt, isAlone = false }: LitQuestion,
  links: readonly Link[],
  cards: ReadonlyMap<string, unknown>,
): Lit | null {
  const wanted = new Set(places);
  const own = links.filter(({ edges }) => edges.some((edge) => wanted.has(edgeId(edge.source, edge.target))));
  const nodes = new Set([
    ...places.filter((id) => cards.has(id)),
    ...links.flatMap(({ source, target, edges }) =>
      edges.flatMap((edge) => [
        ...(wanted.has(edge.source) ? [source] : []),
        ...(wanted.has(edge.target) ? [target] : []),
      ]),
    ),
  ]);
  if (own.length === 0 && nodes.size === 0) return null;
  const lit = { cards: new Set(nodes), links: new Set<string>() };
  let next = new Set(isAlone ? [] : nodes);
  for (const { id, source, target } of own) {
    lit.links.add(id);
    lit.cards.add(source).add(target);
    if (isFelt) next.add(source);
  }
  while (next.size > 0) {
    const before = new Set<string>();
    for (const { id, source, target } of links) {
      if (!next.has(target) || lit.links.has(id)) continue;
      lit.links.add(id);
      if (!lit.cards.has(source)) before.add(source);
      lit.cards.add(source);
    }
    next = isFelt ? before : new Set();
  }
  return lit;
}
