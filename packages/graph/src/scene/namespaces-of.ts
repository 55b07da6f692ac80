// Apart from what draws them, for those who only fold.

import type { Node } from '@latchwork/shared/node';

/** All namespaces of a graph, so that all of them can be folded. */
export function namespacesOf(nodes: readonly Node[]): Set<string> {
  return new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])));
}
