// Who calls whom in a picture, each way, made once; and who is before a place, however far.

import { edgeEnds } from '@latchwork/shared/edge-id';
import type { PictureEdge } from '../picture.ts';

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

  let before: ReturnType<typeof createWalk> | null = null;

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
      before ??= createWalk(edges);
      const own = places.map((place) => edgeEnds(place)?.target ?? place);
      return before.count(places.flatMap(callersOf), own);
    },
  };
}

/**
 * A walk against the direction of calls. There are as many walks as problems, each through all of a mesh in which everybody
 * is before everybody: so over numbers.
 */
function createWalk(edges: readonly PictureEdge[]) {
  const numbers = new Map<string, number>();
  function numberOf(id: string): number {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  }
  const callers: number[][] = [];
  for (const { edge } of edges) {
    const [source, target] = [numberOf(edge.source), numberOf(edge.target)];
    callers[target] ??= [];
    callers[target].push(source);
  }
  // The number of the walk that was there last, and of the last that is about it.
  const [seen, meant] = [new Int32Array(numbers.size), new Int32Array(numbers.size)];
  let walk = 0;
  const known = (ids: readonly string[]) => ids.flatMap((id) => numbers.get(id) ?? []);
  return {
    count(from: readonly string[], own: readonly string[]): number {
      walk += 1;
      for (const number of known(own)) meant[number] = walk;
      const queue: number[] = [];
      function meet(number: number): void {
        if (seen[number] === walk) return;
        seen[number] = walk;
        queue.push(number);
      }
      for (const number of known(from)) meet(number);
      // Whoever is met here is gone through, too.
      for (let at = 0; at < queue.length; at++)
        for (const caller of callers[queue[at]!] ?? []) if (meant[caller] !== walk) meet(caller);
      return queue.filter((number) => meant[number] !== walk).length;
    },
  };
}
