// Who calls whom in a picture, each way, made once; and who is before a place, however far.

import { edgeEnds } from '@latchwork/shared/edge-id';
import type { PictureEdge } from '../picture.ts';

export interface Neighbours {
  into(id: string): readonly PictureEdge[];
  outOf(id: string): readonly PictureEdge[];
  /** Who calls a place, the heaviest first: the source of an edge, the callers of a node. */
  callersOf(where: string): readonly string[];
  /** Those, and everybody before them, each once; never the places themselves. */
  affectedBy(places: readonly string[]): ReadonlySet<string>;
}

export function createNeighbours(edges: readonly PictureEdge[]): Neighbours {
  const into = Map.groupBy(edges, ({ edge }) => edge.target);
  const outOf = Map.groupBy(edges, ({ edge }) => edge.source);

  const known = new Map<string, readonly string[]>();
  function callersOf(where: string): readonly string[] {
    const ends = edgeEnds(where);
    if (ends) return [ends.source];
    let callers = known.get(where);
    if (!callers) {
      callers = [...(into.get(where) ?? [])]
        .sort((a, b) => (b.edge.http?.rps ?? 0) - (a.edge.http?.rps ?? 0))
        .map(({ edge }) => edge.source);
      known.set(where, callers);
    }
    return callers;
  }

  return {
    into: (id) => into.get(id) ?? [],
    outOf: (id) => outOf.get(id) ?? [],
    callersOf,
    affectedBy(places) {
      const own = new Set(places.map((place) => edgeEnds(place)?.target ?? place));
      const seen = new Set<string>();
      // Whoever is added here is gone through, too.
      for (const id of places.flatMap(callersOf)) seen.add(id);
      for (const id of seen) for (const caller of callersOf(id)) if (!own.has(caller)) seen.add(caller);
      for (const id of own) seen.delete(id);
      return seen;
    },
  };
}
