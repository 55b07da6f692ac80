// Which kinds the API server serves, of the groups that Linkerd needs: read from its discovery, which everybody may.

import { known, type Told } from '../../told.ts';
import type { KubernetesClient } from '../api/client.ts';
import { listOf, rawOf, textOr } from '../api/raw.ts';
import { toTold } from './told-error.ts';

const GROUPS = [
  'linkerd.io',
  'policy.linkerd.io',
  'workload.linkerd.io',
  'multicluster.linkerd.io',
  'gateway.networking.k8s.io',
];

export async function readKinds(
  client: KubernetesClient,
  signal?: AbortSignal,
): Promise<Told<ReadonlyMap<string, readonly string[]>>> {
  const ask = { timeoutMs: 10_000, ...(signal ? { signal } : {}) };
  try {
    const groups = listOf(rawOf(await client.json('/apis', ask))['groups']).map(rawOf);
    const places = groups
      .filter(({ name }) => GROUPS.includes(textOr(name, '')))
      .flatMap(({ name, versions }) =>
        listOf(versions).map((one) => ({
          group: textOr(name, ''),
          version: textOr(rawOf(one)['version'], ''),
        })),
      );
    const kinds = new Map<string, string[]>();
    const documents = await Promise.all(
      places.map(async (place) => ({
        ...place,
        document: rawOf(await client.json(`/apis/${place.group}/${place.version}`, ask)),
      })),
    );
    for (const { group, version, document } of documents)
      for (const { name } of listOf(document['resources']).map(rawOf)) {
        const key = `${textOr(name, '')}.${group}`;
        if (key.includes('/')) continue;
        kinds.set(key, [...(kinds.get(key) ?? []), version]);
      }
    return known(kinds);
  } catch (error) {
    return toTold(error, null);
  }
}
