// Reads one object, or one list, that somebody asked for: what it is, that there is none, or the right that is missing.

import { known, type Told } from '../../told.ts';
import type { KubernetesClient } from '../api/client.ts';
import { type Raw, rawOf } from '../api/raw.ts';
import { toTold } from '../health/told-error.ts';
import type { AccessRule } from '../rights/missing-rule.ts';
import { kindPath } from '../watch/kinds.ts';

export interface Place {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

export async function readObject<T>(
  client: KubernetesClient,
  place: Place,
  keep: (object: Raw) => T,
  signal?: AbortSignal,
): Promise<Told<T>> {
  try {
    return known(keep(rawOf(await client.json(pathOf(place), toAsk(signal)))));
  } catch (error) {
    return toTold(error, toRule('get', place));
  }
}

export function toAsk(signal: AbortSignal | undefined) {
  return { timeoutMs: 10_000, ...(signal ? { signal } : {}) };
}

export function toRule(verb: string, { group, resource, namespace, name }: Place): AccessRule {
  return { verb, group, resource, namespace: namespace ?? null, name: name ?? null };
}

export function pathOf({ group, version, resource, namespace, name }: Place): string {
  const path = kindPath(group, version, resource, namespace || null);
  return name ? `${path}/${name}` : path;
}
