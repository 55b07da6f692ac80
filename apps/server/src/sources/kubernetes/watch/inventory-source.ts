// Watches every kind that the inventory needs while somebody listens, and says what is known now. Joins nothing.

import type { KubernetesClient } from '../api/client.ts';
import { type Identity, readIdentity } from '../api/identity.ts';
import { createKeepBudget } from './keep-budget.ts';
import { createKindReach, type KindReach, type KindReachOptions } from './kind-reach.ts';
import { KIND_NAMES, KINDS } from './kinds.ts';
import { createKnownNamespaces } from './known-namespaces.ts';
import type { KindName, KindState, KubernetesState } from './state.ts';
import type { WatchOptions } from './watch.ts';

export interface InventorySource {
  /** The listener gets the newest state at most every `everyMs`; the first one as soon as something is known. */
  subscribe(listener: (state: KubernetesState) => void): () => void;
  /** What is known now; null while nobody listens. */
  state(): KubernetesState | null;
  /** Looks again at once for what was denied, absent or lost: someone has just changed something. */
  nudge(): void;
  /** Namespaces that somebody else knows of: asked one by one where the whole cluster is refused. True: some are asked now that were not. */
  learn(namespaces: readonly string[]): boolean;
  close(): void;
}

export interface InventorySourceOptions
  extends Pick<
    WatchOptions<unknown>,
    'client' | 'now' | 'random' | 'pageSize' | 'watchSeconds' | 'pace' | 'budget'
  > {
  readonly client: KubernetesClient;
  /** In which the identity most likely has rights: the context's, those that somebody named. */
  readonly namespaces?: readonly string[];
  readonly everyMs?: number;
  /** How long the watches go on without a listener, so that a reload of the page costs no new lists. */
  readonly lingerMs?: number;
}

type AnyReach = KindReach<unknown>;

const AWAY: readonly KindState[] = ['stale', 'failed'];
/** Older API servers do not say who one is, however often they are asked. */
const IDENTIFY_EVERY_MS = 60_000;

export function createInventorySource(options: InventorySourceOptions): InventorySource {
  const { everyMs = 500, lingerMs = 60_000, namespaces = [], ...forWatch } = options;
  const { client } = options;
  const known = createKnownNamespaces(namespaces);
  const listeners = new Set<(state: KubernetesState) => void>();
  let watches: Map<KindName, AnyReach> | null = null;
  /** Where something is refused: whom a manifest would be for. */
  let identifiedMs = Number.NEGATIVE_INFINITY;
  let identified: Identity | null = null;
  let followed = '';
  /** Kinds that wait for the API server. */
  const away = new Set<KindName>();
  let latest: KubernetesState | null = null;
  let emitting: NodeJS.Timeout | null = null;
  let begun = false;
  let lingering: NodeJS.Timeout | null = null;

  function start(): void {
    watches = new Map();
    const budget = options.budget ?? createKeepBudget();
    for (const name of KIND_NAMES) {
      // The table gives each kind its own type of object; a watch treats them all alike.
      const kind = KINDS[name] as WatchOptions<unknown>['kind'];
      const reachOptions: KindReachOptions<unknown> = {
        ...{ ...forWatch, budget, kind },
        namespaces: () => (name === 'pods' ? known.all() : known.likely(podNamespaces())),
        onChange: () => changed(name),
      };
      watches.set(name, createKindReach(reachOptions));
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
    followed = '';
    away.clear();
  }

  /** Where pods may be listed, most other things may be. */
  function podNamespaces(): readonly string[] {
    return watches?.get('pods')?.part().namespaces ?? [];
  }

  function changed(name: KindName): void {
    latest = null;
    if (name === 'pods') followPods();
    const part = watches?.get(name)?.part();
    if (part?.missing) void identify();
    if (part && AWAY.includes(part.state)) away.add(name);
    // Where one gets through again, all do.
    else if (away.delete(name)) for (const other of away) watches?.get(other)?.nudge();
    // Nobody has anything yet: the first state does not wait for company.
    if (!begun && watches !== null && isFirstRoundOver(watches)) emit();
    else announce();
  }

  function followPods(): void {
    const seen = podNamespaces().join();
    if (seen === followed) return;
    followed = seen;
    for (const [other, reach] of watches ?? []) if (other !== 'pods') reach.reconsider();
  }

  async function identify(): Promise<void> {
    if (identified !== null || options.now() - identifiedMs < IDENTIFY_EVERY_MS) return;
    identifiedMs = options.now();
    identified = await readIdentity(client);
    latest = null;
    if (watches !== null) announce();
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
    latest ??= {
      ...toState(watches),
      ...(identified ? { identity: identified } : {}),
      known: { named: known.named, unasked: known.unasked() },
    };
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
    learn(names) {
      if (!known.learn(names)) return false;
      for (const reach of watches?.values() ?? []) reach.reconsider();
      return true;
    },
    close() {
      listeners.clear();
      stop();
    },
  };
}

/** Half an inventory would show pods without owners: nothing is said until every kind has had its first answer. */
function isFirstRoundOver(watches: ReadonlyMap<KindName, AnyReach>): boolean {
  return KIND_NAMES.every((name) => (watches.get(name)?.part().state ?? 'waiting') !== 'waiting');
}

function toState(watches: ReadonlyMap<KindName, AnyReach>): KubernetesState {
  const objects: Record<string, unknown> = {};
  const parts: Record<string, unknown> = {};
  for (const [name, watch] of watches) {
    objects[name] = watch.objects();
    parts[name] = watch.part();
  }
  // Filled from the same table that the type is made of.
  return { objects, parts } as unknown as KubernetesState;
}
