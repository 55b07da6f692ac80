// The box that is open because something in it, or all of it, is in focus.

import type { Node } from '@latchwork/shared/node';
import { parseNodeId } from '@latchwork/shared/node-id';
import { boxOf } from '../scene/box-of.ts';

/** `focus`: a node's or card's id, or a box. Null for what is in no box, or is gone. */
export function focusBox(nodes: readonly Node[], focus: string | null): string | null {
  const node = nodes.find(({ id }) => id === focus);
  if (node) return boxOf(node);
  return parseNodeId(focus ?? '') === null ? focus : null;
}
