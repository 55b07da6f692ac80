// Where a picture opens that is too large to show at once: at what is in the worst state, else where most traffic is.

import type { Link } from '@latchwork/graph/scene/link';
import type { Scene } from '@latchwork/graph/scene/scene';

/** The card to begin with on a narrow screen; null for a picture that fits anyway. */
export function openingCard(scene: Scene, fewCards = 6): string | null {
  if (scene.cards.length <= fewCards) return null;
  const workloads = new Set(scene.cards.filter(({ type }) => type === 'workload').map(({ id }) => id));
  return worst(scene.links, (id) => (workloads.has(id) ? id : null));
}

function worst(links: readonly Link[], groupOf: (cardId: string) => string | null): string | null {
  const scores = new Map<string, { bad: number; rps: number }>();
  for (const { source, target, tone, http } of links)
    for (const group of new Set([groupOf(source), groupOf(target)])) {
      if (group === null) continue;
      const score = scores.get(group) ?? { bad: 0, rps: 0 };
      scores.set(group, { bad: score.bad + (tone === 'bad' ? 1 : 0), rps: score.rps + (http?.rps ?? 0) });
    }
  const ranked = [...scores].sort(([a, x], [b, y]) => y.bad - x.bad || y.rps - x.rps || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}
