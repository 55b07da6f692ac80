// How a graph opens, decided once from counts, before anything is laid out: all of it, the map of its boxes, or one of them.

import type { Graph } from '@latchwork/shared/graph';
import { type ByLabel, boxesOf } from '../scene/box-of.ts';
import { cardIdOf } from '../scene/card.ts';

/** What is looked at, as the address says it. */
export interface Sight {
  focus: string | null;
  /** Where the reader comes from, which keeps a card of its own beside it. */
  from?: string | null;
  /** Namespaces that were asked for; empty is all. */
  scope: readonly string[];
}

/** Up to this many cards a picture shows all. */
const CARDS_AT_ONCE = 45;
const NOTHING: ReadonlySet<string> = new Set();

/** Workloads with traffic, Services, and the callers and hosts outside, each as one. */
export function cardsAtOnce({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): number {
  const busy = new Set(edges.flatMap(({ source, target }) => [source, target]));
  let cards = 0;
  const peers = new Set<string>();
  for (const node of nodes) {
    if (node.type === 'unmeshed' || node.type === 'external') peers.add(cardIdOf(node, NOTHING));
    else if (node.type !== 'workload' || busy.has(node.id) || node.golden !== null || (node.denied ?? 0) > 0)
      cards += 1;
  }
  return cards + peers.size;
}

export function isLarge(graph: Pick<Graph, 'nodes' | 'edges'>): boolean {
  return cardsAtOnce(graph) > CARDS_AT_ONCE;
}

/** What a large graph opens at: its map (null), what the reader looks at, or the only box there is. */
export function focusOf(
  { nodes, namespaces, by }: Pick<Graph, 'nodes' | 'namespaces'> & ByLabel,
  { focus, scope }: Sight,
): string | null {
  if (focus !== null) return focus.startsWith('folded:') ? focus.slice('folded:'.length) : focus;
  const boxes = by !== undefined ? [...boxesOf(nodes)] : scope.length > 0 ? scope : namespaces;
  return boxes.length === 1 ? boxes[0]! : null;
}
