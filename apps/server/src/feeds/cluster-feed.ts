// The newest view of the cluster, shared by all who need one: watched while somebody does, joined once for each state.

import type { Parts } from '@latchwork/shared/parts';
import { waitingParts } from '../mesh/cluster/cluster-parts.ts';
import { type ClusterView, toClusterView } from '../mesh/cluster/cluster-view.ts';
import type { KindState, KubernetesState } from '../sources/kubernetes/watch/state.ts';
import { within } from '../within.ts';
import type { Stop } from './feed.ts';

/** What a feed needs of the source. */
export interface ClusterStates {
  subscribe(listener: (state: KubernetesState) => void): () => void;
  /** Null while nobody listens. */
  state(): KubernetesState | null;
  /** Looks again at once for what was denied or lost. */
  nudge(): void;
  /** True: some are asked now that were not. */
  learn(namespaces: readonly string[]): boolean;
}

export interface ClusterFeed {
  /** Null before the first answer, and while nobody watches. */
  current(): ClusterView | null;
  /** `changed`: ask for the current view again, soon. */
  watch(changed: () => void): Stop;
  /**
   * Namespaces that the metrics know: asked one by one where the whole cluster is refused. Resolves with whether more is known
   * now; waits a moment where nothing was.
   */
  learn(namespaces: readonly string[]): Promise<boolean>;
  /** How well each kind of object is known, also before the first answer. */
  parts(): Parts;
  /** Resolves with the first view, or when it takes too long; from then on at once. */
  settled(): Promise<void>;
}

/** A cluster that is slow or away must not hold up what is known without it. */
const SETTLE_MS = 3_000;
/** Who opens the page again may have granted a right just now; who asks all the time has not. */
const NUDGE_EVERY_MS = 10_000;

/** So long one waits for what namespaces that were just learned have in them. */
const LEARN_MS = 2_000;

const WHOLE: readonly KindState[] = ['fresh', 'absent'];

export interface ClusterFeedOptions {
  readonly states: ClusterStates;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly settleMs?: number;
}

export function createClusterFeed({ states, now, settleMs = SETTLE_MS }: ClusterFeedOptions): ClusterFeed {
  const listeners = new Set<() => void>();
  let state: KubernetesState | null = null;
  let view: ClusterView | null = null;
  let stop: Stop | null = null;
  let settling = Promise.withResolvers<void>();
  let waitingSince = new Date(now()).toISOString();
  let nudgedMs = Number.NEGATIVE_INFINITY;

  function begin(): void {
    // The source goes on for a while without us; what it does not watch any more is not known any more.
    const latest = state && states.state();
    if (latest !== state) view = null;
    state = latest;
    if (state === null) {
      settling = Promise.withResolvers<void>();
      waitingSince = new Date(now()).toISOString();
    }
    const { resolve } = settling;
    setTimeout(resolve, settleMs).unref();
    stop = states.subscribe((next) => {
      if (next === state) return;
      state = next;
      view = null;
      resolve();
      for (const listener of [...listeners]) listener();
    });
  }

  function nudge(): void {
    const isWhole = Object.values(state?.parts ?? {}).every((part) => WHOLE.includes(part.state));
    if (isWhole || now() - nudgedMs < NUDGE_EVERY_MS) return;
    nudgedMs = now();
    states.nudge();
  }

  function current(): ClusterView | null {
    if (state !== null) view ??= toClusterView(state);
    return view;
  }

  async function learn(namespaces: readonly string[]): Promise<boolean> {
    const seesNothing = () => state?.parts.pods.state === 'denied';
    if (!states.learn(namespaces) || !seesNothing()) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const look = () => {
      if (!seesNothing()) resolve(true);
    };
    listeners.add(look);
    try {
      return await within(promise, LEARN_MS, () => false);
    } finally {
      listeners.delete(look);
    }
  }

  return {
    current,
    learn,
    parts: () => current()?.parts ?? waitingParts(waitingSince),
    watch(changed) {
      const listener = () => changed();
      listeners.add(listener);
      if (stop === null) begin();
      nudge();
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
    settled: () => settling.promise,
  };
}
