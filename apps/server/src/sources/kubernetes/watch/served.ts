// Whether the cluster has a kind at all, and in which versions: it may be refused by name without being there, and then no
// right is missing.

import { SourceError } from '../../source-error.ts';
import type { KubernetesClient } from '../api/client.ts';
import { listOf, rawOf, textOr } from '../api/raw.ts';
import type { Kind } from './kinds.ts';

/** What every cluster has. */
const BUILT_IN: readonly string[] = ['', 'apps', 'batch'];
const MOST_VERSIONS = 10;

/** In which other versions the cluster has a kind that it serves in none of ours; empty where it does not have it, or nobody can say. */
export async function unknownVersions(
  client: Pick<KubernetesClient, 'json'>,
  { group, versions, resource }: Pick<Kind<unknown>, 'group' | 'versions' | 'resource'>,
  signal: AbortSignal,
): Promise<string[]> {
  if (BUILT_IN.includes(group)) return [];
  const ask = async (path: string, list: string) => {
    try {
      return listOf(rawOf(await client.json(path, { signal }))[list]).map(rawOf);
    } catch (error) {
      if (error instanceof SourceError) return [];
      throw error;
    }
  };
  const others = (await ask(`/apis/${group}`, 'versions'))
    .map(({ version }) => textOr(version, ''))
    .filter((version) => version !== '' && !versions.includes(version))
    .slice(0, MOST_VERSIONS);
  const served = await Promise.all(others.map((version) => ask(`/apis/${group}/${version}`, 'resources')));
  return others.filter((_, i) => served[i]?.some(({ name }) => name === resource));
}

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
