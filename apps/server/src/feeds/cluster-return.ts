// When the API server answers again after it was away: what waits for it need not wait until its own turn.

import type { Parts } from '@latchwork/shared/parts';
import type { ClusterFeed } from './cluster-feed.ts';
import type { Stop } from './feed.ts';

/** `onBack` whenever a kind of object that was in trouble is known again. */
export function watchReturn(cluster: Pick<ClusterFeed, 'watch' | 'parts'>, onBack: () => void): Stop {
  let troubled = troubledIn(cluster.parts());
  return cluster.watch(() => {
    const now = troubledIn(cluster.parts());
    const isBack = troubled.some((kind) => !now.includes(kind));
    troubled = now;
    if (isBack) onBack();
  });
}

/** Who lacks a right is not waiting for the server. */
function troubledIn(parts: Parts): string[] {
  return Object.entries(parts).flatMap(([kind, { state, missingRight }]) =>
    state !== 'fresh' && missingRight === undefined ? [kind] : [],
  );
}
