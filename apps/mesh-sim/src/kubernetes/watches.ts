// Watches: changes as they come, bookmarks while nothing does; dropped, silenced or sent back to the start on demand.

import type { ServerResponse } from 'node:http';
import type { KubeObject } from './kube-object.ts';
import { inVersion } from './lists.ts';
import type { Change, ObjectStore } from './object-store.ts';
import type { RequestInfo } from './request-info.ts';
import { groupVersion, type Resource, resourceKey } from './resources.ts';
import type { Attributes } from './rights.ts';
import { type Selection, toSelection } from './selection.ts';
import { statusOf, tooOld } from './status.ts';

const BOOKMARK_EVERY_MS = 30_000;
const LONGEST_SECONDS = 1_800;

export interface Watches {
  readonly count: number;
  open(resource: Resource, info: RequestInfo, query: URLSearchParams, response: ServerResponse): void;
  /** Cuts every watch that fits, as a network would. */
  cut(fits?: (attributes: Attributes) => boolean): void;
  /** Nothing more is said until it is taken back; changes in between come then. */
  hang(hangs: boolean): void;
  close(): void;
}

interface Watcher {
  readonly resource: Resource;
  readonly info: RequestInfo;
  readonly response: ServerResponse;
  readonly wantsBookmarks: boolean;
  readonly held: string[];
  write(type: string, object: object): void;
}

export function createWatches(store: ObjectStore, bookmarkEveryMs = BOOKMARK_EVERY_MS): Watches {
  const watchers = new Set<Watcher>();
  let hanging = false;
  let bookmarks: NodeJS.Timeout | undefined;

  function bookmark(): void {
    for (const { wantsBookmarks, write, resource, info } of watchers)
      if (wantsBookmarks) write('BOOKMARK', bookmarkOf(resource, info.version, store.version));
  }

  function open(resource: Resource, info: RequestInfo, query: URLSearchParams, response: ServerResponse) {
    const isSelected = toSelection(info.namespace, query);
    const asked = query.get('resourceVersion') ?? '';
    const from = Number(asked || 0);
    const write = (type: string, object: object): void => {
      const line = `${JSON.stringify({ type, object })}\n`;
      if (hanging) watcher.held.push(line);
      else response.write(line);
    };
    const wantsBookmarks = query.get('allowWatchBookmarks') === 'true';
    const watcher: Watcher = { resource, info, response, wantsBookmarks, held: [], write };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (from > 0 && store.isForgotten(from)) {
      write('ERROR', statusOf(tooOld(from, store.version)));
      response.end();
      return;
    }
    const key = resourceKey(resource);
    const send = (change: Change): void => {
      const seen = toSeen(change, isSelected);
      if (seen) write(seen.type, inVersion(seen.object, resource, info.version));
    };
    // Without a version, what is there comes first, as if it had just been made.
    if (from > 0) for (const change of store.since(key, from)) send(change);
    else
      for (const object of store.list(key).filter(isSelected))
        write('ADDED', inVersion(object, resource, info.version));
    const unlisten = store.listen((change) => {
      if (change.resource === key) send(change);
    });
    const seconds = Number(query.get('timeoutSeconds')) || LONGEST_SECONDS;
    const timer = setTimeout(() => response.end(), Math.min(seconds, LONGEST_SECONDS) * 1_000);
    watchers.add(watcher);
    bookmarks ??= setInterval(bookmark, bookmarkEveryMs);
    response.once('close', () => {
      unlisten();
      clearTimeout(timer);
      watchers.delete(watcher);
      if (watchers.size > 0) return;
      clearInterval(bookmarks);
      bookmarks = undefined;
    });
  }

  function cut(fits: (attributes: Attributes) => boolean = () => true): void {
    for (const { info, response } of watchers) if (fits(info)) response.destroy();
  }

  return {
    get count() {
      return watchers.size;
    },
    open,
    cut,
    hang(hangs) {
      hanging = hangs;
      if (hangs) return;
      for (const { held, response } of watchers) for (const line of held.splice(0)) response.write(line);
    },
    close: () => cut(),
  };
}

/** What a change means to who sees only a part: leaving the part is the end, entering it a beginning. */
function toSeen(
  { type, object, before }: Change,
  isSelected: Selection,
): { type: string; object: KubeObject } | null {
  const isSeen = isSelected(object);
  const wasSeen = before !== null && isSelected(before);
  if (type === 'DELETED') return wasSeen ? { type, object } : null;
  if (isSeen) return { type: wasSeen ? 'MODIFIED' : 'ADDED', object };
  return wasSeen ? { type: 'DELETED', object } : null;
}

function bookmarkOf({ group, kind }: Resource, version: string, at: number): object {
  const metadata = { resourceVersion: String(at), creationTimestamp: null };
  return { kind, apiVersion: groupVersion(group, version), metadata };
}
