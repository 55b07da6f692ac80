// The links of a graph under a fold, without their cards.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { grouped } from '../grouped.ts';
import { cardIdOf } from './card.ts';
import { type Link, linkIdOf, toLink } from './link.ts';
import { plausibleEdge } from './plausible.ts';

export function toLinks(
  { nodes, edges }: { nodes: readonly Node[]; edges: readonly Edge[] },
  folded: ReadonlySet<string>,
  judge: Judge,
): Link[] {
  const cardOf = new Map(nodes.map((node) => [node.id, cardIdOf(node, folded)]));
  return linksBetween(sortedEdges(edges), cardOf, judge);
}

/** Sums of fractions depend on their order in the last digit. */
export function sortedEdges(edges: readonly Edge[]): Edge[] {
  return edges.map(plausibleEdge).sort(byEnds);
}

/** `edges` are sorted, `cardOf` says by node which card stands for it. */
export function linksBetween(
  edges: readonly Edge[],
  cardOf: ReadonlyMap<string, string>,
  judge: Judge,
): Link[] {
  const edgesOf = grouped(
    edges.filter(({ source, target }) => {
      const [from, to] = [cardOf.get(source), cardOf.get(target)];
      // Inside a folded box there is nothing to draw; a workload that calls itself has no line of its own.
      return from !== undefined && to !== undefined && from !== to;
    }),
    (edge) => linkIdOf(cardOf.get(edge.source)!, cardOf.get(edge.target)!, edge),
  );
  return [...edgesOf].map(([id, own]) => {
    const { source, target } = own[0]!;
    return toLink(id, cardOf.get(source)!, cardOf.get(target)!, own, judge);
  });
}

export function byEnds(a: Edge, b: Edge): number {
  return a.source < b.source ? -1 : a.source > b.source ? 1 : a.target < b.target ? -1 : 1;
}
