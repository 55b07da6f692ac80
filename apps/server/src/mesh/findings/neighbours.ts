// Who calls whom in a picture, each way and however far, made once.

import { edgeEnds } from '@latchwork/shared/edge-id';
import type { PictureEdge } from '../picture.ts';
import { createCallersWalk } from './callers-walk.ts';

export interface Neighbours {
  into(id: string): readonly PictureEdge[];
  outOf(id: string): readonly PictureEdge[];
  /** Who calls a place, the heaviest first: the source of an edge, the callers of a node. */
  callersOf(where: string): readonly string[];
  /** How many those are with everybody before them, each once; never the places themselves. */
  countAffected(places: readonly string[]): number;
}

export function createNeighbours(edges: readonly PictureEdge[]): Neighbours {
  const into = Map.groupBy(edges, ({ edge }) => edge.target);
  const outOf = Map.groupBy(edges, ({ edge }) => edge.source);

  let before: ReturnType<typeof createCallersWalk> | null = null;

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
    countAffected(places) {
      before ??= createCallersWalk(edges);
      const own = places.map((place) => edgeEnds(place)?.target ?? place);
      return before.count(places.flatMap(callersOf), own);
    },
  };
}
