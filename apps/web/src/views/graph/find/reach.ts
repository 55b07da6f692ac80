// Who is before and after whom in a graph, over all hops. Walked once for each end that somebody asks about. Pure.

import type { Edge } from '@latchwork/shared/edge';

type Walk = (id: string) => ReadonlySet<string>;

/** Of a node all nodes that are reached from it, or that reach it; itself among them. */
export interface Reach {
  after: Walk;
  before: Walk;
}

export function toReach(edges: readonly Pick<Edge, 'source' | 'target'>[]): Reach {
  return {
    after: walking(edges.map(({ source, target }) => [source, target])),
    before: walking(edges.map(({ source, target }) => [target, source])),
  };
}

function walking(steps: readonly (readonly [from: string, to: string])[]): Walk {
  const nextOf = new Map<string, string[]>();
  for (const [from, to] of steps) {
    const known = nextOf.get(from);
    if (known) known.push(to);
    else nextOf.set(from, [to]);
  }
  const walked = new Map<string, ReadonlySet<string>>();
  return (id) => {
    const known = walked.get(id);
    if (known) return known;
    const seen = new Set([id]);
    for (const one of seen) for (const next of nextOf.get(one) ?? []) seen.add(next);
    walked.set(id, seen);
    return seen;
  };
}
