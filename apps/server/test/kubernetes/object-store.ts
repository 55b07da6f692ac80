// Objects with resource versions, as an API server keeps them: lists in pages, watches from a version on, and a past that is forgotten.

import { EventEmitter } from 'node:events';

export type Item = Record<string, unknown> & { metadata: Record<string, unknown> };

export interface WatchEvent {
  readonly path: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Item;
  readonly version: number;
}

export interface Page {
  readonly items: readonly Item[];
  readonly version: number;
  readonly next: string | null;
}

export function createObjectStore() {
  const lists = new Map<string, Map<string, Item>>();
  const changes = new EventEmitter<{ event: [WatchEvent] }>().setMaxListeners(0);
  let past: WatchEvent[] = [];
  let version = 1000;
  /** Versions below it are gone. */
  let floor = 0;

  const keyOf = ({ metadata }: Item): string => `${metadata['namespace'] ?? ''}/${metadata['name']}`;

  function note(path: string, type: WatchEvent['type'], object: Item): void {
    version += 1;
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
    if (type === 'DELETED') lists.get(path)?.delete(keyOf(object));
    else lists.get(path)?.set(keyOf(object), stamped);
    const event = { path, type, object: stamped, version };
    past.push(event);
    changes.emit('event', event);
  }

  return {
    changes,
    version: () => version,
    has: (path: string) => lists.has(path),
    paths: () => [...lists.keys()],
    create(path: string, items: readonly unknown[]): void {
      lists.set(path, new Map());
      for (const item of items) note(path, 'ADDED', structuredClone(item) as Item);
    },
    drop: (path: string) => lists.delete(path),
    put(path: string, object: Item): void {
      note(path, lists.get(path)?.has(keyOf(object)) ? 'MODIFIED' : 'ADDED', object);
    },
    remove: (path: string, object: Item) => note(path, 'DELETED', object),
    /** Forgets everything that happened until now, as compaction does. */
    forget(): void {
      version += 1;
      floor = version;
      past = [];
    },
    /** Null: the page's token is too old. */
    page(path: string, limit: number, token: string | null): Page | null {
      const [from = 0, offset = 0] = token === null ? [version, 0] : token.split('.').map(Number);
      if (from < floor) return null;
      const all = [...(lists.get(path)?.values() ?? [])];
      const end = limit > 0 ? offset + limit : all.length;
      return {
        items: all.slice(offset, end),
        version: from,
        next: end < all.length ? `${from}.${end}` : null,
      };
    },
    /** Null: the version is too old. */
    since: (path: string, from: number): WatchEvent[] | null =>
      from < floor ? null : past.filter((event) => event.path === path && event.version > from),
  };
}

export type ObjectStore = ReturnType<typeof createObjectStore>;
