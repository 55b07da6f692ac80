// One collection for each (window, moment) that someone looks at. Runs while they look, and a short while remembers after.

import type { Mesh } from '../../mesh/mesh.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { createTurns } from '../../turns.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import type { Sink, Stop } from '../feed.ts';
import type { Span } from '../scope.ts';
import type { Wants } from '../wants.ts';
import { Collection } from './collection.ts';
import { StartUp } from './store/start-up-facts.ts';
import type { StoreClusters } from './store/store-clusters.ts';

export interface CollectorOptions {
  readonly client: PrometheusClient;
  /** Constant matchers, such as `cluster="east"`: added to every selector. */
  readonly matchers: readonly string[];
  /** The moment for those who name none; null is now. Unix seconds. */
  readonly defaultAtSeconds: number | null;
  /** What Kubernetes knows; null without it. */
  readonly cluster?: ClusterFeed | null;
  /** What is wrong with the way to the store; null when it is open. */
  readonly examineWay?: () => Promise<Error | null>;
  /** The clusters that the store may hold; null: nobody asks. */
  readonly clusters?: StoreClusters | null;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** How long a value is kept after its last viewer left, for a page that reloads. */
  readonly keepMs?: number;
}

export interface Collector {
  subscribe(span: Span, sink: Sink<Mesh>, wants?: Wants): Stop;
  /** A reader is a viewer until it is answered. Rejects when there is no value at all. */
  read(span: Span, wants?: Wants, signal?: AbortSignal): Promise<Mesh>;
  /** Whether what is looked at now comes from recording rules; null where nobody looks, and where there are none. */
  numbersFrom(): string | null;
  close(): void;
}

const KEEP_MS = 15_000;
/** Without a viewer, kept for one who comes back. */
const MOST_RESTING = 3;

interface Entry {
  readonly collection: Collection;
  readonly startUp: StartUp;
  /** Null: now. */
  readonly at: number | null;
  /** Null: the cluster that is shown unless another is asked for. */
  readonly other: string | null;
  forget?: NodeJS.Timeout;
}

export function createCollector(options: CollectorOptions): Collector {
  const { client, matchers, defaultAtSeconds, cluster = null, clusters = null } = options;
  const { now = Date.now, keepMs = KEEP_MS } = options;
  const collections = new Map<string, Entry>();
  const live = startUp(null);
  const turn = createTurns();

  function startUp(other: string | null): StartUp {
    const own = () => clusters?.matchersOf(other) ?? matchers;
    return new StartUp({ client, matchers: own, now, clusters: clusters && { of: clusters, shown: other } });
  }

  /** Now is now for everybody; another moment may have had another interval. */
  function startUpOf(at: number | null, other: string | null): StartUp {
    if (at === null && other === null) return live;
    const known = [...collections.values()].find((one) => one.at === null && one.other === other);
    return (at === null && known?.startUp) || startUp(other);
  }

  function enter({ windowSeconds, atSeconds, cluster: name }: Span) {
    const at = atSeconds ?? defaultAtSeconds;
    const other = name === undefined || name === clusters?.known()?.current ? null : name;
    const key = JSON.stringify([windowSeconds, at, other]);
    let entry = collections.get(key);
    if (!entry) {
      const startUp = startUpOf(at, other);
      const asked = { windowAskedSeconds: windowSeconds, atSeconds: at };
      // Kubernetes says nothing about other clusters than its own.
      const { examineWay } = options;
      const known = {
        ...{ cluster: other === null ? cluster : null, now, startUp, turn },
        ...(examineWay ? { examineWay } : {}),
      };
      entry = { startUp, at, other, collection: new Collection({ ...known, ...asked }) };
      collections.set(key, entry);
    }
    clearTimeout(entry.forget);
    // Last among those that rest, once it does.
    collections.delete(key);
    collections.set(key, entry);
    return { key, entry };
  }

  /** Forgets a collection some time after its last viewer or reader. */
  function rest({ key, entry }: ReturnType<typeof enter>): void {
    if (entry.collection.viewers > 0) return;
    clearTimeout(entry.forget);
    entry.forget = setTimeout(() => collections.delete(key), keepMs);
    entry.forget.unref();
    forgetOldest();
  }

  /** Whoever asks for many moments after each other does not fill the memory with them. */
  function forgetOldest(): void {
    const resting = [...collections].filter(([, { collection }]) => collection.viewers === 0);
    for (const [key, { forget }] of resting.slice(0, Math.max(0, resting.length - MOST_RESTING))) {
      clearTimeout(forget);
      collections.delete(key);
    }
  }

  function subscribe(span: Span, sink: Sink<Mesh>, wants: Wants = {}): Stop {
    const entered = enter(span);
    const { collection } = entered.entry;
    collection.join(sink, wants);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      collection.leave(sink);
      rest(entered);
    };
  }

  return {
    subscribe,
    read(span, wants = {}, signal) {
      signal?.throwIfAborted();
      const entered = enter(span);
      const { collection } = entered.entry;
      const current = collection.current(wants);
      if (current) {
        rest(entered);
        return Promise.resolve(current);
      }
      return new Promise((resolve, reject) => {
        // What is handed over on joining is of a while ago.
        let joining = true;
        let stop: Stop | null = null;
        const answer = (finish: () => void) => {
          if (joining) return;
          finish();
          stop?.();
        };
        const sink = {
          data: (mesh: Mesh) => {
            if (mesh.isWhole) answer(() => resolve(mesh));
          },
          trouble: (error: unknown) =>
            answer(() => (collection.last ? resolve(collection.last) : reject(error))),
        };
        stop = subscribe(span, sink, wants);
        joining = false;
        // Nobody waits for it any more: what is asked for them alone is asked no further.
        signal?.addEventListener(
          'abort',
          () => {
            stop?.();
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },
    numbersFrom() {
      const now = [...collections.values()].find(({ at, other }) => at === null && other === null);
      return now?.collection.last?.parts['rules']?.message ?? null;
    },
    close() {
      for (const { collection, forget } of collections.values()) {
        clearTimeout(forget);
        collection.stop();
      }
      collections.clear();
    },
  };
}
