// What a node is called on the page: a host where one is known, else what its id says.

import { peerName } from '@latchwork/figures/peer';
import type { Node } from '@latchwork/shared/node';

/** `id` speaks when the node itself is not at hand. */
export function nodeName(node: Node | null | undefined, id: string): string {
  return node?.type === 'external' && node.name !== null ? node.name : peerName(id).name;
}
