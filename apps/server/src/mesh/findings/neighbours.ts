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

  function callersOf(where: string): string[] {
    const ends = edgeEnds(where);
    if (ends) return [ends.source];
    return [...(into.get(where) ?? [])]
      .sort((a, b) => (b.edge.http?.rps ?? 0) - (a.edge.http?.rps ?? 0))
      .map(({ edge }) => edge.source);
  }

  return {
    into: (id) => into.get(id) ?? [],
    outOf: (id) => outOf.get(id) ?? [],
    callersOf,
    affectedBy(places) {
      const own = new Set(places.map((place) => edgeEnds(place)?.target ?? place));
      const seen = new Set<string>();
      let next = [...new Set(places.flatMap(callersOf))];
      while (next.length > 0) {
        for (const id of next) seen.add(id);
        next = [...new Set(next.flatMap(callersOf))].filter((id) => !seen.has(id) && !own.has(id));
      }
      for (const id of own) seen.delete(id);
      return seen;
    },
  };
}
