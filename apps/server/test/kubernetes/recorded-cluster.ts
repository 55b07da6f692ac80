// The Kubernetes lists of the recording, as the source would keep them, and what Linkerd's own command line said of them.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { rawOf } from '../../src/sources/kubernetes/api/raw.ts';
import { KIND_NAMES, KINDS } from '../../src/sources/kubernetes/watch/kinds.ts';
import type { KindName, KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';

interface Bundle {
  readonly lists: Readonly<Record<string, { readonly items: readonly unknown[] }>>;
  readonly cli: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const FILE = new URL('../../../../recordings/kube.json.gz', import.meta.url);

export const recorded: Bundle = JSON.parse(gunzipSync(readFileSync(FILE)).toString('utf8'));

/** Lists by the name of their resource: `pods`, `deployments.apps`. */
export function recordedItems(kind: KindName): readonly unknown[] {
  const { group, resource } = KINDS[kind];
  return recorded.lists[group === '' ? resource : `${resource}.${group}`]?.items ?? [];
}

/** `change` may hide kinds or alter what the API server would send. */
export function recordedState(
  change: (kind: KindName, items: unknown[]) => unknown[] = (_, items) => items,
): KubernetesState {
  const part = { state: 'fresh', since: '2026-11-23T16:00:20Z', message: null, remedy: null };
  return {
    objects: Object.fromEntries(
      KIND_NAMES.map((kind) => [
        kind,
        change(kind, structuredClone([...recordedItems(kind)])).map((item) => KINDS[kind].keep(rawOf(item))),
      ]),
    ),
    parts: Object.fromEntries(KIND_NAMES.map((kind) => [kind, part])),
  } as unknown as KubernetesState;
}
