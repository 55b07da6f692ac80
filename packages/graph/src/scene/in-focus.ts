// Which nodes something stands for: a node, a card, a folded namespace, or the namespace that a reader looks at.

import type { Node } from '@latchwork/shared/node';
import { cardIdOf, foldedId } from './card.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Ids of all that a node's or card's id stands for, whatever is folded now. */
export function nodesOf(nodes: readonly Node[], id: string): Set<string> {
  const isOf = (node: Node) =>
    node.id === id ||
    cardIdOf(node, NOTHING) === id ||
    ('namespace' in node && foldedId(node.namespace) === id);
  return new Set(nodes.filter(isOf).map((node) => node.id));
}

/** `focus` may be a namespace as well. Null without one: then all are. */
export function nodesInFocus(nodes: readonly Node[], focus: string | null): Set<string> | null {
  if (focus === null) return null;
  return new Set([...nodesOf(nodes, focus), ...nodesOf(nodes, foldedId(focus))]);
}
