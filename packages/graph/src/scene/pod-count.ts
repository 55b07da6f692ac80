// How many pods a card stands for, as Kubernetes counts them: a number above one, a chip where only some have a proxy.

import type { MeshedCount } from '@latchwork/shared/inventory';
import type { Card } from './card.ts';

export interface PodCount extends MeshedCount {
  /** `1/2` when only some have a proxy, else how many there are. */
  text: string;
  isPartly: boolean;
}

export const POD_CHIP = { width: 32, height: 16, right: 10, top: 10 };

/** Null where Kubernetes does not tell, where the card is no single workload, and where nothing needs to be said. */
export function podCountOf({ type, nodes }: Pick<Card, 'type' | 'nodes'>): PodCount | null {
  const [node] = nodes;
  if (type !== 'workload' || node?.type !== 'workload' || node.pods === undefined) return null;
  const { meshed, running } = node.pods;
  const isPartly = meshed > 0 && meshed < running;
  if (running < 2) return null;
  return { ...node.pods, text: isPartly ? `${meshed}/${running}` : String(running), isPartly };
}

/** What it takes of the room of the name. */
export function podCountWidth(count: PodCount | null): number {
  if (count === null) return 0;
  return count.isPartly ? POD_CHIP.width + 6 : 7 * count.text.length + 6;
}
