// One collection for each (window, moment) that someone looks at. Runs while they look, and a short while remembers after.

import type { Mesh } from '../mesh/mesh.ts';
import type { PrometheusClient } from '../sources/prometheus/client.ts';
import type { ClusterFeed } from './cluster-feed.ts';
import { Collection } from './collection.ts';
import type { Sink, Stop } from './feed.ts';
import type { Span } from './scope.ts';
import { StartUp } from './start-up-facts.ts';

export interface CollectorOptions {
  readonly client: PrometheusClient;
  /** Constant matchers, such as `cluster="east"`: added to every selector. */
  readonly matchers: readonly string[];
  /** The moment for those who name none; null is now. Unix seconds. */
  readonly defaultAtSeconds: number | null;
  /** What Kubernetes knows; null without it. */
  readonly cluster?: ClusterFeed | null;
  /** Unix milliseconds. */
  readonly now?: () => number;
  /** How long a value is kept after its last viewer left, for a page that reloads. */
  readonly keepMs?: number;
}

export interface Collector {
  /** `namespaces`: whose edges are looked at; none for all. A large mesh is asked for the latencies of no other edges. */
  subscribe(span: Span, sink: Sink<Mesh>, namespaces?: readonly string[]): Stop;
  /** A reader is a viewer until it is answered. Rejects when there is no value at all. */
  read(span: Span, namespaces?: readonly string[]): Promise<Mesh>;
  close(): void;
}

const KEEP_MS = 15_000;

export function createCollector(options: CollectorOptions): Collector {
  const { client, matchers, defaultAtSeconds, cluster = null, now = Date.now, keepMs = KEEP_MS } = options;
  const collections = new Map<
    string,
    { collection: Collection; startUp: StartUp; forget?: NodeJS.Timeout }
  >();
  const live = new StartUp({ client, matchers, now });

  function enter({ windowSeconds, atSeconds }: Span) {
    const at = atSeconds ?? defaultAtSeconds;
    const key = `${windowSeconds} ${at}`;
    let entry = collections.get(key);
    if (!entry) {
      // Another moment may have had another interval; now is now for everybody.
      const startUp = at === null ? live : new StartUp({ client, matchers, now });
      const asked = { windowAskedSeconds: windowSeconds, atSeconds: at };
      entry = { startUp, collection: new Collection({ client, matchers, cluster, now, startUp, ...asked }) };
      collections.set(key, entry);
    }
    clearTimeout(entry.forget);
    return { key, entry };
  }

  /** Forgets a collection some time after its last viewer or reader. */
  function rest({ key, entry }: ReturnType<typeof enter>): void {
    if (entry.collection.viewers > 0) return;
    clearTimeout(entry.forget);
    entry.forget = setTimeout(() => collections.delete(key), keepMs);
    entry.forget.unref();
  }

  function subscribe(span: Span, sink: Sink<Mesh>, namespaces: readonly string[] = []): Stop {
    const entered = enter(span);
    const { collection } = entered.entry;
    collection.join(sink, namespaces);
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
    read(span, namespaces = []) {
      const entered = enter(span);
      const { collection } = entered.entry;
      const current = collection.current(namespaces);
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
          data: (mesh: Mesh) => answer(() => resolve(mesh)),
          trouble: (error: unknown) =>
            answer(() => (collection.last ? resolve(collection.last) : reject(error))),
        };
        stop = subscribe(span, sink, namespaces);
        joining = false;
      });
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
