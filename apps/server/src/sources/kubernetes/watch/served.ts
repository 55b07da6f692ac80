// Whether the cluster has a kind at all: it may be refused by name without being there, and then no right is missing.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { listOf, rawOf } from '../api/raw.ts';
import type { Kind } from './kinds.ts';

/** What every cluster has. */
const BUILT_IN: readonly string[] = ['', 'apps', 'batch'];

/** True where nobody can say. */
export async function isServed(
  client: KubernetesClient,
  { group, versions, resource }: Pick<Kind<unknown>, 'group' | 'versions' | 'resource'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (BUILT_IN.includes(group)) return true;
  for (const version of versions) {
    try {
      const found = rawOf(await client.json(`/apis/${group}/${version}`, { signal }));
      if (listOf(found['resources']).some((one) => rawOf(one)['name'] === resource)) return true;
    } catch (error) {
      if (!(error instanceof SourceError && error.status === 404)) return true;
    }
  }
  return false;
}
