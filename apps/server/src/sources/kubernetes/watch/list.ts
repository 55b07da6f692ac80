// One list of a kind over the whole cluster or in one namespace, page by page. Keeps only what its kind keeps.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { readPages } from '../api/pages.ts';
import { rawOf, textOr } from '../api/raw.ts';
import type { MakeRoom } from './held-objects.ts';
import { KeptObjects } from './kept-objects.ts';
import { isNamespaces, type Kind, kindPath } from './kinds.ts';

export interface Listed<T> {
  readonly version: string;
  readonly resourceVersion: string;
  readonly objects: KeptObjects<T>;
}

export function objectKey(object: unknown): string {
  const meta = rawOf(rawOf(object)['metadata']);
  return `${textOr(meta['namespace'], '')}/${textOr(meta['name'], '')}`;
}

/** Empty where none is said. */
export function versionOf(object: unknown): string {
  return textOr(rawOf(rawOf(object)['metadata'])['resourceVersion'], '');
}

interface ListOptions<T> {
  /** Null: the whole cluster. */
  readonly namespace: string | null;
  readonly pageSize: number;
  /** What is known already: of it, nothing is kept twice. */
  readonly before: KeptObjects<T>;
  /** For what is new so far. */
  readonly makeRoom: MakeRoom;
  readonly signal: AbortSignal;
}

/** Null: the cluster has no version of the kind. */
export async function readList<T>(
  client: KubernetesClient,
  kind: Kind<T>,
  options: ListOptions<T>,
): Promise<Listed<T> | null> {
  const { namespace, makeRoom, signal } = options;
  for (const version of kind.versions) {
    try {
      if (namespace === null || !isNamespaces(kind.resource))
        return await readKind(client, kind, version, options);
      const object = await client.json(kindPath(kind.group, version, kind.resource, namespace), { signal });
      const objects = new KeptObjects<T>();
      objects.set(objectKey(object), kind.keep(rawOf(object)));
      makeRoom(objects.ownBytes);
      return { version, resourceVersion: '0', objects };
    } catch (error) {
      if (!(error instanceof SourceError && error.status === 404)) throw error;
    }
  }
  return null;
}

async function readKind<T>(
  client: KubernetesClient,
  kind: Kind<T>,
  version: string,
  { namespace, pageSize, before, makeRoom, signal }: ListOptions<T>,
): Promise<Listed<T>> {
  const objects = new KeptObjects<T>();
  const resourceVersion = await readPages(client, kindPath(kind.group, version, kind.resource, namespace), {
    pageSize,
    signal,
    onItem(item) {
      const key = objectKey(item);
      const version = versionOf(item);
      if (objects.takeOver(key, version, before)) return;
      objects.set(key, kind.keep(rawOf(item)), version);
      makeRoom(objects.ownBytes);
    },
    // What cannot fit is not read to its end: it is likely that those to come weigh half as much at least.
    onRemaining: (items) => makeRoom(objects.ownBytes * (1 + items / Math.max(1, objects.count) / 2)),
    onRestart: () => objects.clear(),
  });
  return { version, resourceVersion, objects };
}
