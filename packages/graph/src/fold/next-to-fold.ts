// The order in which namespaces fold where there is no room for all of them.

import type { Graph } from '@latchwork/shared/graph';
import type { Scene } from '../scene/scene.ts';

/** Namespaces by number of their nodes, largest first; ties by name. */
function namespaceSizes(nodes: Graph['nodes']): { namespace: string; size: number }[] {
  const sizes = new Map<string, number>();
  for (const node of nodes)
    if ('namespace' in node) sizes.set(node.namespace, (sizes.get(node.namespace) ?? 0) + 1);
  return [...sizes]
    .map(([namespace, size]) => ({ namespace, size }))
    .sort((a, b) => b.size - a.size || (a.namespace < b.namespace ? -1 : 1));
}

/** The next namespace to fold where the picture is still too large for the screen: the one with most cards in it. */
export function nextToFold(
  nodes: Graph['nodes'],
  decided: ReadonlySet<string>,
  scene: Pick<Scene, 'boxes'>,
): string | null {
  const open = new Set(scene.boxes.map(({ id }) => id));
  const next = namespaceSizes(nodes).find(
    ({ namespace, size }) => size > 1 && open.has(namespace) && !decided.has(namespace),
  );
  return next?.namespace ?? null;
}
