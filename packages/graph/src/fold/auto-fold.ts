// How much at once: which namespaces start folded, so that a picture can be read. The reader's own folds come on top.

import type { Graph } from '@latchwork/shared/graph';
import { cardIdOf } from '../scene/card.ts';
import type { Scene } from '../scene/scene.ts';

const CARDS_AT_ONCE = 45;
const CARDS_WHEN_FOLDING = 40;
/** Above this a picture of everything says nothing: it opens at one namespace. */
export const MANY_WORKLOADS = 300;

/** Namespaces by number of their nodes, largest first; ties by name. */
function namespaceSizes(nodes: Graph['nodes']): { namespace: string; size: number }[] {
  const sizes = new Map<string, number>();
  for (const node of nodes)
    if ('namespace' in node) sizes.set(node.namespace, (sizes.get(node.namespace) ?? 0) + 1);
  return [...sizes]
    .map(([namespace, size]) => ({ namespace, size }))
    .sort((a, b) => b.size - a.size || (a.namespace < b.namespace ? -1 : 1));
}

/** Up to 45 cards show all; above, the largest namespaces are folded until 40 cards are left. */
export function autoFold(nodes: Graph['nodes']): Set<string> {
  const sizes = namespaceSizes(nodes);
  let cards = sizes.reduce((sum, { size }) => sum + size, 0) + peers(nodes);
  const folded = new Set<string>();
  if (cards <= CARDS_AT_ONCE) return folded;
  for (const { namespace, size } of sizes) {
    if (cards <= CARDS_WHEN_FOLDING || size < 2) break;
    folded.add(namespace);
    cards -= size - 1;
  }
  return folded;
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

function peers(nodes: Graph['nodes']): number {
  return new Set(
    nodes.flatMap((node) =>
      node.type === 'unmeshed' || node.type === 'external' ? [cardIdOf(node, new Set())] : [],
    ),
  ).size;
}
