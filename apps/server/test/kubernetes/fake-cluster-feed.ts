// A cluster in a test's hand: what Kubernetes says now, changed at will.

import type { ClusterFeed } from '../../src/feeds/cluster-feed.ts';
import { waitingParts } from '../../src/mesh/cluster/cluster-parts.ts';
import { type ClusterView, toClusterView } from '../../src/mesh/cluster/cluster-view.ts';
import type { KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';

export interface FakeClusterFeed extends ClusterFeed {
  /** How many watch it. */
  readonly watchers: number;
  say(state: KubernetesState | null): void;
}

export function fakeClusterFeed(first: KubernetesState | null): FakeClusterFeed {
  const listeners = new Set<() => void>();
  let view: ClusterView | null = first && toClusterView(first);
  return {
    current: () => view,
    parts: () => view?.parts ?? waitingParts('2026-11-24T10:00:00.000Z'),
    learn: async () => false,
    settled: async () => undefined,
    watch(changed) {
      const listener = () => changed();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get watchers() {
      return listeners.size;
    },
    say(state) {
      view = state && toClusterView(state);
      for (const listener of [...listeners]) listener();
    },
  };
}
