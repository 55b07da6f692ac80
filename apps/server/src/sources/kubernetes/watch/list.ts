// One list of a kind over the whole cluster, page by page. Keeps only what its kind keeps.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { listOf, rawOf, textOr } from '../api/raw.ts';
import { type Kind, kindPath } from './kinds.ts';

export interface Listed<T> {
  readonly version: string;
  readonly resourceVersion: string;
  readonly objects: Map<string, T>;
}

export function objectKey(object: unknown): string {
  const meta = rawOf(rawOf(object)['metadata']);
  return `${textOr(meta['namespace'], '')}/${textOr(meta['name'], '')}`;
}

/** Null: the cluster has no version of the kind. */
export async function readList<T>(
  client: KubernetesClient,
  kind: Kind<T>,
  { pageSize, signal }: { pageSize: number; signal: AbortSignal },
): Promise<Listed<T> | null> {
  for (const version of kind.versions) {
    try {
      return await readPages(client, kind, version, pageSize, signal);
    } catch (error) {
      if (!(error instanceof SourceError && error.status === 404)) throw error;
    }
  }
  return null;
}

async function readPages<T>(
  client: KubernetesClient,
  kind: Kind<T>,
  version: string,
  pageSize: number,
  signal: AbortSignal,
): Promise<Listed<T>> {
  const path = kindPath(kind.group, version, kind.resource);
  const objects = new Map<string, T>();
  let rest = '';
  let limit = `limit=${pageSize}`;
  for (;;) {
    let page: unknown;
    try {
      page = await client.json(`${path}?${limit}${rest}`, { signal });
    } catch (error) {
      // The pages belonged to a moment that the server has forgotten: one whole answer instead.
      if (rest === '' || !(error instanceof SourceError && error.status === 410)) throw error;
      objects.clear();
      rest = '';
      limit = 'resourceVersion=0';
      continue;
    }
    for (const item of listOf(rawOf(page)['items'])) objects.set(objectKey(item), kind.keep(rawOf(item)));
    const meta = rawOf(rawOf(page)['metadata']);
    const next = textOr(meta['continue'], '');
    if (next === '') return { version, resourceVersion: textOr(meta['resourceVersion'], '0'), objects };
    rest = `&continue=${encodeURIComponent(next)}`;
  }
}
