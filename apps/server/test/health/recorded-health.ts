// The objects of the recording that only a look at health reads, through the reader that asks a real API server.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { kubernetesError } from '../../src/sources/kubernetes/api/kubernetes-error.ts';
import { listOf, rawOf } from '../../src/sources/kubernetes/api/raw.ts';
import type { HealthObjects } from '../../src/sources/kubernetes/health/health-objects.ts';
import { readHealth } from '../../src/sources/kubernetes/health/read-health.ts';
import { recorded } from '../kubernetes/recorded-cluster.ts';

interface Bundle {
  readonly lists: Readonly<Record<string, readonly unknown[]>>;
  readonly discovery: Readonly<Record<string, unknown>>;
}

const FILE = new URL('../../../../recordings/health.json.gz', import.meta.url);
const bundle: Bundle = JSON.parse(gunzipSync(readFileSync(FILE)).toString('utf8'));

function itemsOf(resource: string, group: string): readonly unknown[] | null {
  const key = group === '' ? resource : `${resource}.${group}`;
  return bundle.lists[key] ?? recorded.lists[key]?.items ?? null;
}

/** What the API server answers, and how it refuses; `denied` are resources that may not be read. */
export function recordedApi(denied: ReadonlySet<string> = new Set()) {
  return async (path: string): Promise<unknown> => {
    const [place = ''] = path.split('?');
    const document = bundle.discovery[place];
    if (document !== undefined) return document;
    const found =
      /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(place);
    const [, group = '', namespace, resource = '', name] = found ?? [];
    if (denied.has(resource)) throw refusal(403, place);
    const items = itemsOf(resource, group);
    if (items === null) throw refusal(404, place);
    const own = items.filter((item) => {
      const meta = rawOf(rawOf(item)['metadata']);
      return (
        (namespace === undefined || meta['namespace'] === namespace) &&
        (name === undefined || meta['name'] === name)
      );
    });
    if (name === undefined) return { items: structuredClone(own) };
    if (own.length === 0) throw refusal(404, place);
    return structuredClone(own[0]);
  };
}

function refusal(status: number, path: string) {
  return kubernetesError(status === 403 ? 'refused' : 'bad-answer', `${status} to ${path}`, {
    status,
    remedy: 'ask for it',
  });
}

export type Json = (path: string) => Promise<unknown>;

export function readRecorded(json: Json = recordedApi()): Promise<HealthObjects> {
  const never = () => Promise.reject(new Error('never asked'));
  return readHealth(
    {
      server: 'https://cluster.test',
      identity: 'test',
      json,
      async items(path, onItem) {
        const { items, ...around } = rawOf(await json(path));
        for (const item of listOf(items)) onItem(item);
        return around;
      },
      stream: never,
      socket: never,
      close: async () => undefined,
    },
    { controlPlane: 'linkerd', viz: 'linkerd-viz', cni: null },
  );
}

/** The same API with items of one list altered, or left out where `change` returns null. */
export function changed(resource: string, change: (item: Record<string, unknown>) => unknown): Json {
  const api = recordedApi();
  return async (path) => {
    const answer = rawOf(await api(path));
    const [place = ''] = path.split('?');
    if (!place.includes(`/${resource}`)) return answer;
    const alter = (item: unknown) => change(rawOf(item) as Record<string, unknown>);
    if (answer['items'] === undefined) {
      const altered = alter(answer);
      if (altered === null) throw refusal(404, place);
      return altered;
    }
    return {
      items: listOf(answer['items'])
        .map(alter)
        .filter((item) => item !== null),
    };
  };
}
