// Which nodes something stands for: a node, a card, a folded box, or the box that a reader looks at.

import type { Node } from '@latchwork/shared/node';
import { boxOf } from './box-of.ts';
import { cardIdOf, foldedId } from './card.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Ids of all that a node's or card's id stands for, whatever is folded now. */
export function nodesOf(nodes: readonly Node[], id: string): Set<string> {
  const isOf = (node: Node) => {
    const box = boxOf(node);
    return node.id === id || cardIdOf(node, NOTHING) === id || (box !== null && foldedId(box) === id);
  };
  return new Set(nodes.filter(isOf).map((node) => node.id));
}

/** `focus` may be a box as well. Null without one: then all are. */
export function nodesInFocus(nodes: readonly Node[], focus: string | null): Set<string> | null {
  if (focus === null) return null;
  return new Set([...nodesOf(nodes, focus), ...nodesOf(nodes, foldedId(focus))]);
}
