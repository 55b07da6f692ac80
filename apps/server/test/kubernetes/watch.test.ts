// A watch against a real server that drops, forgets, refuses and stumbles: it always comes back, and never grows.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import { createKeepBudget } from '../../src/sources/kubernetes/watch/keep-budget.ts';
import { KINDS } from '../../src/sources/kubernetes/watch/kinds.ts';
import type { PodObject, ServerObject } from '../../src/sources/kubernetes/watch/objects.ts';
import { createWatch, type Watch } from '../../src/sources/kubernetes/watch/watch.ts';
import { createTestApiServer, type Seen, sendStatus, type TestApiServer } from './api-server.ts';
import type { Item } from './object-store.ts';
import { recordedItems } from './recorded-cluster.ts';
import { clientOf, until } from './test-cluster.ts';

const PODS = '/api/v1/pods';
const PACE = {
  ...{ firstRetryMs: 5, lastRetryMs: 20, deniedMs: 30, absentMs: 30, slowMs: 30 },
  ...{ overflowMs: 60_000, slackMs: 60_000 },
};
let api: TestApiServer;
let client: KubernetesClient;
let watch: Watch<PodObject>;
let states: string[];
let said: (string | null)[];

const pod = (name: string, more: Record<string, unknown> = {}): Item => ({
  metadata: { namespace: 'shop', name, uid: name, ...more },
  spec: { containers: [{ name: 'app' }] },
  status: { phase: 'Running' },
});

beforeEach(async () => {
  api = await createTestApiServer();
  api.store.create(PODS, [pod('a'), pod('b')]);
  client = clientOf(api);
  states = [];
  said = [];
});

afterEach(async () => {
  watch.stop();
  await client.close();
  await api.close();
});

function start({
  pageSize = 500,
  pace = PACE,
  namespace = null,
  mostBytes = 64 << 20,
}: {
  pageSize?: number;
  pace?: typeof PACE;
  namespace?: string | null;
  mostBytes?: number;
} = {}): void {
  watch = createWatch({
    client,
    kind: KINDS.pods,
    namespace,
    now: Date.now,
    random: () => 0.5,
    pace,
    pageSize,
    budget: createKeepBudget(mostBytes),
    onChange: () => {
      if (states.at(-1) !== watch?.part().state) states.push(watch?.part().state ?? 'waiting');
      said.push(watch?.part().message ?? null);
    },
  });
}

const names = (): string[] =>
  watch
    .objects()
    .map(({ meta }) => meta.name)
    .sort();
const isWatch = ({ query }: Seen): boolean => query.get('watch') === 'true';
const lists = (): Seen[] => api.seen.filter((one) => !isWatch(one) && one.method === 'GET');
/** Reviews are nothing that may be refused. */
function refuse(verb: 'list' | 'watch'): void {
  api.troubles.push((one, response) => {
    if (one.method !== 'GET' || isWatch(one) !== (verb === 'watch')) return false;
    sendStatus(response, 403, `pods is forbidden: User "${one.user}" cannot ${verb} resource "pods"`);
    return true;
  });
}
function refuseLists(): void {
  api.troubles.push((one, response) => {
    if (one.method !== 'GET' || isWatch(one)) return false;
    sendStatus(response, 503, 'etcdserver: request timed out');
    return true;
  });
}
/** Watches are opened, marked once, and told nothing. */
function hang(): void {
  api.troubles.push((one, response) => {
    if (!isWatch(one)) return false;
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    const mark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '1' } } };
    setTimeout(() => response.write(`${JSON.stringify(mark)}\n`), 5);
    return true;
  });
}
const watching = (): Promise<void> => until(() => api.watchCount() === 1, 'a watch');

describe('createWatch', () => {
  it('lists, then follows what is added, changed and removed', async () => {
    start();
    await watching();
    expect(names()).toEqual(['a', 'b']);
    api.store.put(PODS, pod('c'));
    api.store.put(PODS, pod('a', { deletionTimestamp: '2026-11-24T12:00:00Z' }));
    api.store.remove(PODS, pod('b'));
    await until(() => names().join() === 'a,c', 'the new set');
    expect(watch.objects().find(({ meta }) => meta.name === 'a')?.meta.deleting).toBe(true);
    expect(watch.part()).toMatchObject({ state: 'fresh', message: null });
  });

  it('reads a long list page by page', async () => {
    for (let index = 0; index < 23; index += 1) api.store.put(PODS, pod(`more-${index}`));
    start({ pageSize: 10 });
    await watching();
    expect(watch.objects()).toHaveLength(25);
    expect(api.seen.filter(({ query }) => query.has('limit'))).toHaveLength(3);
  });

  it('reads the whole list at once when the pages are forgotten on the way', async () => {
    for (let index = 0; index < 23; index += 1) api.store.put(PODS, pod(`more-${index}`));
    api.troubles.push(({ query }) => {
      if (query.has('continue')) api.store.forget();
      return false;
    });
    start({ pageSize: 10 });
    await watching();
    expect(watch.objects()).toHaveLength(25);
  });

  it('leaves a list that never ends, and keeps nothing of it', async () => {
    let pages = 0;
    api.troubles.push(({ query }, response) => {
      if (!query.has('limit')) return false;
      pages++;
      const items = Array.from({ length: 100 }, (_, index) => pod(`p${pages}-${index}`));
      const metadata = { resourceVersion: '1', continue: `page-${pages}` };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ kind: 'PodList', metadata, items }));
      return true;
    });
    start({ mostBytes: 200_000 });
    await until(() => watch.part().state === 'failed', 'the end of it');
    expect(watch.part().message).toContain('more pods than this server has room for');
    expect(watch.objects()).toEqual([]);
    expect(pages).toBeLessThan(20);
  });

  it('reads no list to its end that the API server says is far too long', async () => {
    let pages = 0;
    api.troubles.push(({ query }, response) => {
      if (!query.has('limit')) return false;
      pages += 1;
      const items = Array.from({ length: 5 }, (_, index) => pod(`p${pages}-${index}`));
      const metadata = { resourceVersion: '1', continue: 'more', remainingItemCount: 100_000 };
      response.end(JSON.stringify({ kind: 'PodList', metadata, items }));
      return true;
    });
    start({ mostBytes: 200_000 });
    await until(() => watch.part().state === 'failed', 'the end of it');
    expect(watch.part().message).toContain('more pods than this server has room for');
    expect(pages).toBe(1);
  });

  it('keeps of an object what is read of it, however heavy its annotations', async () => {
    const heavy = { 'example.com/notes': 'x'.repeat(200_000) };
    for (let index = 0; index < 20; index += 1)
      api.store.put(PODS, pod(`heavy-${index}`, { annotations: heavy }));
    start({ mostBytes: 100_000 });
    await watching();
    expect(watch.objects()).toHaveLength(22);
    // What is read may be written by whoever creates pods: it counts.
    api.store.put(PODS, pod('full', { annotations: { 'config.linkerd.io/x': 'x'.repeat(200_000) } }));
    await until(() => watch.part().message !== null, 'the end of it');
    expect(watch.objects()).toEqual([]);
  });

  it('takes no list that nests without end', async () => {
    api.troubles.push(({ query }, response) => {
      if (!query.has('limit')) return false;
      response.end(`{"items":[${'{"a":'.repeat(100_000)}`);
      return true;
    });
    start();
    await until(() => watch.part().state === 'failed', 'the refusal');
    expect(watch.part().message).toContain('nested more than 64 deep');
  });

  it('resumes where it was after a dropped watch, without a new list', async () => {
    start();
    await watching();
    api.cutWatches();
    api.store.put(PODS, pod('missed'));
    await until(() => names().includes('missed'), 'what happened meanwhile');
    expect(api.seen.filter(({ query }) => query.get('watch') !== 'true')).toHaveLength(1);
    expect(watch.part().state).toBe('fresh');
    expect(states).not.toContain('stale');
  });

  it('moves on with bookmarks, so that a quiet kind does not fall behind', async () => {
    start();
    await watching();
    api.store.forget();
    api.writeToWatches(
      `{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"${api.store.version()}"}}}\n`,
    );
    api.endWatches();
    await until(() => api.seen.length === 3, 'the next watch');
    expect(api.seen.at(-1)?.query.get('resourceVersion')).toBe(String(api.store.version()));
  });

  it('says that a watch is late which is more silent than the API server was, and reads all anew', async () => {
    hang();
    start({ pace: { ...PACE, slackMs: 30 } });
    await until(() => api.seen.some(isWatch), 'a watch');
    api.store.put(PODS, pod('untold'));
    await until(() => names().includes('untold'), 'what nobody told');
    expect(states).toContain('stale');
    expect(said).toContainEqual(expect.stringMatching(/^the watch of pods is late: nothing came for/));
    expect(watch.part()).toMatchObject({ state: 'fresh', message: null });
  });

  it('stays late while the API server does not answer otherwise', async () => {
    hang();
    start({ pace: { ...PACE, slackMs: 30 } });
    await until(() => api.seen.some(isWatch), 'a watch');
    refuseLists();
    await until(() => lists().length > 2, 'lists that were tried');
    expect(watch.part().state).toBe('stale');
    expect(names()).toEqual(['a', 'b']);
  });

  it.each([
    ['an event in the stream', () => {}],
    [
      'a status',
      () =>
        api.troubles.push(({ query }, response) => {
          if (Number(query.get('resourceVersion')) >= api.store.version() || query.get('watch') !== 'true')
            return false;
          sendStatus(response, 410, 'too old resource version');
          return true;
        }),
    ],
  ])('lists again when its version is gone, told by %s', async (_, arrange) => {
    start();
    await watching();
    api.store.remove(PODS, pod('a'));
    api.store.put(PODS, pod('c'));
    api.cutWatches();
    api.store.forget();
    arrange();
    await until(() => names().join() === 'b,c' && api.watchCount() === 1, 'the new set');
    expect(watch.part().state).toBe('fresh');
  });

  it('keeps the last objects while the API server is gone, says so, and comes back', async () => {
    start();
    await watching();
    api.troubles.push((_, response) => {
      response.destroy();
      return true;
    });
    api.cutWatches();
    await until(() => watch.part().state === 'stale', 'stale');
    expect(names()).toEqual(['a', 'b']);
    expect(watch.part().message).toContain(api.url);
    api.troubles.length = 0;
    await until(() => watch.part().state === 'fresh', 'fresh');
    expect(watch.part().message).toBeNull();
  });

  it('has failed, not gone stale, when there never was an answer', async () => {
    api.troubles.push((_, response) => {
      response.writeHead(500).end('etcdserver: request timed out');
      return true;
    });
    start();
    await until(() => watch.part().state === 'failed', 'failed');
    expect(watch.part().message).toContain('etcdserver: request timed out');
  });

  it('names the missing rule without the right to list, shows nothing, and looks again', async () => {
    start();
    await watching();
    refuse('list');
    api.cutWatches();
    api.store.forget();
    await until(() => watch.part().state === 'denied', 'denied');
    expect(watch.part().message).toContain('no right to list pods in the whole cluster');
    expect(watch.part().remedy).toContain('{apiGroups: [""], resources: ["pods"], verbs: ["list"]}');
    expect(names()).toEqual([]);
    const before = states.length;
    await until(() => lists().length > 4, 'more looks');
    expect(states.slice(before)).not.toContain('fresh');
    api.troubles.length = 0;
    await until(() => watch.part().state === 'fresh', 'fresh');
    expect(names()).toEqual(['a', 'b']);
  });

  it('names at once that watching will be refused, too', async () => {
    refuse('list');
    api.allowWhen(({ verb }) => verb !== 'watch');
    start();
    await until(() => watch.part().state === 'denied', 'denied');
    expect(watch.part().message).toContain('no right to list and watch pods in the whole cluster');
    expect(watch.part().remedy).toContain('verbs: ["list", "watch"]');
    expect(watch.part().missing?.map(({ verb }) => verb)).toEqual(['list', 'watch']);
  });

  it('keeps what may be listed where watching is refused, reads it again, and says so', async () => {
    refuse('watch');
    start();
    await until(() => watch.part().message !== null, 'what is missing');
    expect(watch.part()).toMatchObject({ state: 'fresh', missing: [{ verb: 'watch', resource: 'pods' }] });
    expect(watch.part().message).toContain('no right to watch pods in the whole cluster');
    expect(names()).toEqual(['a', 'b']);
    api.store.put(PODS, pod('later'));
    await until(() => names().includes('later'), 'the next list');
    expect(states.filter((state) => state !== 'waiting')).toEqual(['fresh']);
    api.troubles.length = 0;
    await until(() => watch.part().message === null, 'a watch');
    expect(watch.part().missing).toBeUndefined();
    api.store.put(PODS, pod('at-once'));
    await until(() => names().includes('at-once'), 'what is watched');
  });

  it('keeps the last list of what is read slowly when the API server is gone, as stale', async () => {
    refuse('watch');
    start();
    await until(() => watch.part().message !== null, 'what is missing');
    api.troubles.unshift((_, response) => {
      response.destroy();
      return true;
    });
    await until(() => watch.part().state === 'stale', 'stale');
    expect(names()).toEqual(['a', 'b']);
    api.troubles.shift();
    await until(() => watch.part().state === 'fresh', 'fresh');
    expect(watch.part().message).toContain('no right to watch');
  });

  it('lists and watches one namespace', async () => {
    api.store.put(PODS, { ...pod('c'), metadata: { namespace: 'other', name: 'c', uid: 'c' } });
    start({ namespace: 'shop' });
    await watching();
    expect(names()).toEqual(['a', 'b']);
    expect(api.seen.map(({ path }) => path)).toEqual([
      '/api/v1/namespaces/shop/pods',
      '/api/v1/namespaces/shop/pods',
    ]);
  });

  it('calls a kind that the cluster lacks absent, and finds it when it comes', async () => {
    const found: Watch<ServerObject> = createWatch({
      client,
      kind: KINDS.servers,
      now: Date.now,
      random: Math.random,
      pace: PACE,
      onChange: () => {},
    });
    watch = found as unknown as Watch<PodObject>;
    await until(() => found.part().state === 'absent', 'absent');
    api.store.create('/apis/policy.linkerd.io/v1beta1/servers', recordedItems('servers'));
    await until(() => found.part().state === 'fresh', 'fresh');
    expect(found.objects()).toHaveLength(6);
  });

  it('reads everything anew after something that is no event', async () => {
    start();
    await watching();
    api.writeToWatches('<html>\n');
    await until(() => api.seen.filter(({ query }) => query.has('limit')).length === 2, 'a new list');
    await until(() => watch.part().state === 'fresh', 'fresh');
  });

  it('signs in again when its credential has ended in the middle', async () => {
    start();
    await watching();
    api.tokens.clear();
    api.cutWatches();
    await until(() => watch.part().state === 'stale', 'stale');
    expect(watch.part().message).toContain('401');
    api.tokens.add('good');
    await until(() => watch.part().state === 'fresh', 'fresh');
  });

  it('does not grow over hundreds of dropped watches', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heapAfter = async (rounds: number): Promise<number> => {
      for (let round = 0; round < rounds; round += 1) {
        const opened = api.watchesOpened();
        api.store.put(PODS, pod('a', { annotations: { 'linkerd.io/inject': 'x'.repeat(2_000) } }));
        if (round % 2 === 0) api.cutWatches();
        else api.endWatches();
        await until(() => api.watchesOpened() > opened, 'the next watch');
      }
      api.seen.length = 0;
      api.store.forget();
      collect();
      return process.memoryUsage().heapUsed;
    };
    start({ pace: { ...PACE, firstRetryMs: 1, lastRetryMs: 1 } });
    await watching();
    await heapAfter(50);
    const before = await heapAfter(100);
    const after = await heapAfter(200);
    expect(after - before).toBeLessThan(2_000_000);
    expect(api.connectionCount()).toBeLessThanOrEqual(2);
    expect(names()).toEqual(['a', 'b']);
  });
});
