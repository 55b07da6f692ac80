// What a watch says while nothing happens.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { kubernetesClient } from '../../test/kubernetes-client.ts';
import { ObjectStore } from './object-store.ts';
import { RESOURCES } from './resources.ts';
import { createWatches } from './watches.ts';

it('gives bookmarks to who wants them, so that a quiet watch does not grow old', async () => {
  const store = new ObjectStore();
  const watches = createWatches(store, 20);
  const pods = RESOURCES.find(({ name }) => name === 'pods');
  if (!pods) throw new Error('no pods among the resources');
  const info = { verb: 'watch', group: '', version: 'v1', resource: 'pods', namespace: null, name: null };
  const server = createServer((request, response) => {
    watches.open(pods, info, new URL(request.url ?? '/', 'http://test').searchParams, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = kubernetesClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const at = `resourceVersion=${store.version}`;
  const plain = await client.watch(`/?watch=1&${at}`);
  const marked = await client.watch(`/?watch=1&allowWatchBookmarks=true&${at}`);
  store.forget();
  const { type, object } = (await marked.next()) ?? {};
  expect([type, object?.kind]).toEqual(['BOOKMARK', 'Pod']);
  expect((await marked.next())?.object.metadata.resourceVersion).toBe(String(store.version));
  expect(watches.count).toBe(2);
  const quiet = plain.next();
  watches.cut();
  expect(await quiet).toBeNull();
  await new Promise((resolve) => server.close(resolve));
  expect(watches.count).toBe(0);
});
