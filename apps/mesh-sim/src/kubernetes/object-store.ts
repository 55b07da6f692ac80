// Objects with resource versions, as an API server keeps them: the present, the changes since a while, and a past that is forgotten.

import { isDeepStrictEqual } from 'node:util';
import { type KubeObject, keyOf } from './kube-object.ts';
import { type Resource, resourceKey } from './resources.ts';

export interface Change {
  readonly resource: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  /** Null for what is new. */
  readonly before: KubeObject | null;
  readonly version: number;
}

const KEPT_CHANGES = 1_000;
/** Clusters have a history before anybody looks. */
const FIRST_VERSION = 52_000;

export class ObjectStore {
  /** By resource, then by `namespace/name`; sorted, because that is the order of lists. */
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #listeners = new Set<(change: Change) => void>();
  #changes: Change[] = [];
  #version = FIRST_VERSION;
  /** Changes up to this version are forgotten. */
  #floor = FIRST_VERSION;

  get version(): number {
    return this.#version;
  }

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  list(resource: string): readonly KubeObject[] {
    return [...(this.#objects.get(resource)?.values() ?? [])];
  }

  get(resource: string, key: string): KubeObject | null {
    return this.#objects.get(resource)?.get(key) ?? null;
  }

  isForgotten(version: number): boolean {
    return version < this.#floor;
  }

  /** The changes after a version that is not forgotten. */
  since(resource: string, version: number): readonly Change[] {
    return this.#changes.filter((change) => change.resource === resource && change.version > version);
  }

  /** From now on nobody can go on from an older version: what compaction does. */
  forget(): void {
    this.#version++;
    this.#floor = this.#version;
    this.#changes = [];
  }

  /** Makes the objects of all these resources what `objects` says; tells who listens what that changed. */
  sync(resources: readonly Resource[], objects: readonly KubeObject[]): void {
    const byKind = Map.groupBy(objects, ({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    for (const resource of resources) {
      const [version = ''] = resource.versions;
      const stored = resource.group === '' ? version : `${resource.group}/${version}`;
      this.#syncOne(resourceKey(resource), byKind.get(`${stored} ${resource.kind}`) ?? []);
    }
  }

  #syncOne(resource: string, objects: readonly KubeObject[]): void {
    const known = this.#objects.get(resource) ?? new Map<string, KubeObject>();
    const wanted = new Map(objects.map((object) => [keyOf(object), object]));
    const next = new Map(known);
    // A pod made anew under its old name is another one.
    for (const [key, before] of known)
      if (wanted.get(key)?.metadata.uid !== before.metadata.uid) {
        next.delete(key);
        this.#note(resource, 'DELETED', before, before);
      }
    for (const [key, object] of wanted) {
      const before = next.get(key) ?? null;
      if (before && isDeepStrictEqual(withoutVersion(before), object)) continue;
      next.set(key, this.#note(resource, before ? 'MODIFIED' : 'ADDED', object, before));
    }
    this.#objects.set(resource, new Map([...next].sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  #note(resource: string, type: Change['type'], object: KubeObject, before: KubeObject | null): KubeObject {
    const version = ++this.#version;
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    const change = { resource, type, object: stamped, before, version };
    this.#changes.push(change);
    if (this.#changes.length > KEPT_CHANGES) {
      this.#floor = this.#changes[0]?.version ?? version;
      this.#changes.shift();
    }
    for (const listener of this.#listeners) listener(change);
    return stamped;
  }
}

function withoutVersion({ metadata, ...object }: KubeObject): object {
  const { resourceVersion: _, ...kept } = metadata;
  return { ...object, metadata: kept };
}
