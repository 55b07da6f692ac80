// Walks against the direction of calls. There are as many as problems, each through all of a mesh in which everybody is before
// everybody: so over numbers.

import type { PictureEdge } from '../picture.ts';

export function createCallersWalk(edges: readonly PictureEdge[]) {
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
    /** Those that are met from some nodes on, these too; none of `own`, nor who is before them alone. */
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
