// What a node is called on the page: what its id says, and of a host outside the name where one is known.

import { peerName } from '@latchwork/figures/peer';
import type { Node } from '@latchwork/shared/node';

/** `id` speaks when the node itself is not at hand. */
export function nodeName(node: Node | null | undefined, id: string): string {
  const { name } = peerName(id);
  if (node?.type !== 'external' || node.name === null) return name;
  return node.what === 'host' ? `${name} (${node.name})` : node.name;
}
