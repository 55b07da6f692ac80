// A node in the words of a finding: its own name, or what its id says.

import type { Node } from '@latchwork/shared/node';

export function nodeName(nodes: ReadonlyMap<string, Node>, id: string): string {
  const node = nodes.get(id);
  if (node && 'name' in node && node.name) return node.name;
  return id.startsWith('unmeshed:') ? 'callers without a proxy' : id.replace(/^external:/, '');
}
