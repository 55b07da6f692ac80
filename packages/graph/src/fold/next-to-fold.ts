// The order in which boxes fold where there is no room for all of them.

import type { Node } from '@latchwork/shared/node';
import { boxOf } from '../scene/box-of.ts';
import type { Scene } from '../scene/scene.ts';

/** Boxes by number of their nodes, largest first; ties by name. */
function boxSizes(nodes: readonly Node[]): { box: string; size: number }[] {
  const sizes = new Map<string, number>();
  for (const node of nodes) {
    const box = boxOf(node);
    if (box !== null) sizes.set(box, (sizes.get(box) ?? 0) + 1);
  }
  return [...sizes]
    .map(([box, size]) => ({ box, size }))
    .sort((a, b) => b.size - a.size || (a.box < b.box ? -1 : 1));
}

/** The next box to fold where the picture is still too large for the screen: the one with most cards in it. */
export function nextToFold(
  nodes: readonly Node[],
  decided: ReadonlySet<string>,
  scene: Pick<Scene, 'boxes'>,
): string | null {
  const open = new Set(scene.boxes.map(({ id }) => id));
  const next = boxSizes(nodes).find(({ box, size }) => size > 1 && open.has(box) && !decided.has(box));
  return next?.box ?? null;
}
