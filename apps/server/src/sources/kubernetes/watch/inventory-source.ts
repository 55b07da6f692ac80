// Watches every kind that the inventory needs while somebody listens, and says what is known now. Joins nothing.

import type { KubernetesClient } from '../api/client.ts';
import { KIND_NAMES, KINDS } from './kinds.ts';
import type { KindName, KubernetesState } from './state.ts';
import { createWatch, type Watch, type WatchOptions } from './watch.ts';

export interface InventorySource {
  /** The listener gets the newest state at most every `everyMs`; the first one as soon as something is known. */
  subscribe(listener: (state: KubernetesState) => void): () => void;
  /** What is known now; null while nobody listens. */
  state(): KubernetesState | null;
  /** Looks again at once for what was denied, absent or lost: someone has just changed something. */
  nudge(): void;
  close(): void;
}

export interface InventorySourceOptions
  extends Pick<WatchOptions<unknown>, 'client' | 'now' | 'random' | 'pageSize' | 'watchSeconds' | 'pace'> {
  readonly client: KubernetesClient;
  readonly everyMs?: number;
  /** How long the watches go on without a listener, so that a reload of the page costs no new lists. */
  readonly lingerMs?: number;
}

type AnyWatch = Watch<unknown>;

export function createInventorySource(options: InventorySourceOptions): InventorySource {
  const { everyMs = 500, lingerMs = 60_000, ...forWatch } = options;
  const listeners = new Set<(state: KubernetesState) => void>();
  let watches: Map<KindName, AnyWatch> | null = null;
  let latest: KubernetesState | null = null;
  let emitting: NodeJS.Timeout | null = null;
  let begun = false;
  let lingering: NodeJS.Timeout | null = null;

  function start(): void {
    watches = new Map();
    for (const name of KIND_NAMES) {
      // The table gives each kind its own type of object; a watch treats them all alike.
      const kind = KINDS[name] as WatchOptions<unknown>['kind'];
      watches.set(name, createWatch({ ...forWatch, kind, onChange: changed }));
    }
  }

  function stop(): void {
    for (const watch of watches?.values() ?? []) watch.stop();
    if (emitting) clearTimeout(emitting);
    if (lingering) clearTimeout(lingering);
    emitting = null;
    lingering = null;
    watches = null;
    latest = null;
    begun = false;
  }

  function changed(): void {
    latest = null;
    // Nobody has anything yet: the first state does not wait for company.
    if (!begun && watches !== null && isFirstRoundOver(watches)) emit();
    else announce();
  }

  function announce(): void {
    emitting ??= setTimeout(emit, everyMs);
  }

  function emit(): void {
    if (emitting) clearTimeout(emitting);
    emitting = null;
    const state = read();
    if (state === null || watches === null || !isFirstRoundOver(watches)) return;
    begun = true;
    for (const listener of listeners) listener(state);
  }

  function read(): KubernetesState | null {
    if (watches === null) return null;
    latest ??= toState(watches);
    return latest;
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (lingering) clearTimeout(lingering);
      lingering = null;
      if (watches === null) start();
      else announce();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && watches !== null && lingering === null)
          lingering = setTimeout(stop, lingerMs).unref();
      };
    },
    state: read,
    nudge() {
      for (const watch of watches?.values() ?? []) watch.nudge();
    },
    close() {
      listeners.clear();
      stop();
    },
  };
}

/** Half an inventory would show pods without owners: nothing is said until every kind has had its first answer. */
function isFirstRoundOver(watches: ReadonlyMap<KindName, AnyWatch>): boolean {
  return KIND_NAMES.every((name) => (watches.get(name)?.part().state ?? 'waiting') !== 'waiting');
}

function toState(watches: ReadonlyMap<KindName, AnyWatch>): KubernetesState {
  const objects: Record<string, unknown> = {};
  const parts: Record<string, unknown> = {};
  for (const [name, watch] of watches) {
    objects[name] = watch.objects();
    parts[name] = watch.part();
  }
  // Filled from the same table that the type is made of.
  return { objects, parts } as unknown as KubernetesState;
}
