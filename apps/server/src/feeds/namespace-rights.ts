// In which namespaces somebody may list pods, as Kubernetes says: remembered for a minute, asked a few at a time.

import { createInFlight } from '../in-flight.ts';

export interface PersonRights {
  readonly user: string;
  readonly groups: readonly string[];
}

export interface NamespaceRights {
  /** Null: all, those to come included. Rejects when nobody can say. */
  of(person: PersonRights): Promise<readonly string[] | null>;
}

export interface NamespaceRightsOptions {
  /** All that the cluster has. */
  readonly names: () => Promise<readonly string[]>;
  /** `namespace` null: in the whole cluster. */
  readonly mayList: (person: PersonRights, namespace: string | null) => Promise<boolean>;
  readonly nowMs: () => number;
}

const KEPT_MS = 60_000;
/** What was known is used this much longer while the API server does not answer. */
const STALE_MS = 300_000;
const MOST_KEPT = 2_000;
const AT_ONCE = 8;

interface Known {
  readonly atMs: number;
  readonly namespaces: readonly string[] | null;
}

export function createNamespaceRights({ names, mayList, nowMs }: NamespaceRightsOptions): NamespaceRights {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<readonly string[] | null>>();
  const inFlight = createInFlight(AT_ONCE);

  async function ask(person: PersonRights): Promise<readonly string[] | null> {
    if (await mayList(person, null)) return null;
    const all = await names();
    const allowed = await Promise.all(all.map((name) => inFlight.run(() => mayList(person, name))));
    return all.filter((_, i) => allowed[i]).sort();
  }

  async function renew(key: string, person: PersonRights): Promise<readonly string[] | null> {
    try {
      const namespaces = await ask(person);
      known.delete(key);
      known.set(key, { atMs: nowMs(), namespaces });
      if (known.size > MOST_KEPT) known.delete(known.keys().next().value as string);
      return namespaces;
    } catch (error) {
      const before = known.get(key);
      if (before && nowMs() - before.atMs < STALE_MS) return before.namespaces;
      throw error;
    }
  }

  return {
    of(person) {
      const key = JSON.stringify([person.user, [...person.groups].sort()]);
      const last = known.get(key);
      if (last && nowMs() - last.atMs < KEPT_MS) return Promise.resolve(last.namespaces);
      const underWay = asking.get(key);
      if (underWay) return underWay;
      const renewing = renew(key, person).finally(() => asking.delete(key));
      asking.set(key, renewing);
      return renewing;
    },
  };
}
