// Every kind at once: the recorded cluster through a real API server and the real client comes out as it went in.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import {
  createInventorySource,
  type InventorySource,
} from '../../src/sources/kubernetes/watch/inventory-source.ts';
import { KIND_NAMES, KINDS, kindPath } from '../../src/sources/kubernetes/watch/kinds.ts';
import type { KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';
import { createTestApiServer, sendStatus, type TestApiServer } from './api-server.ts';
import { recordedItems, recordedState } from './recorded-cluster.ts';
import { clientOf, until } from './test-cluster.ts';

let api: TestApiServer;
let client: KubernetesClient;
let source: InventorySource;
let states: KubernetesState[];

beforeEach(async () => {
  api = await createTestApiServer();
  for (const name of KIND_NAMES) {
    const items = recordedItems(name);
    const { group, versions, resource } = KINDS[name];
    if (items.length > 0) api.store.create(kindPath(group, versions[0] ?? '', resource), items);
  }
  client = clientOf(api);
  states = [];
  source = createInventorySource({
    client,
    now: Date.now,
    random: Math.random,
    everyMs: 20,
    lingerMs: 50,
    pageSize: 10,
    pace: { firstRetryMs: 5, lastRetryMs: 20, deniedMs: 30, absentMs: 10_000 },
  });
});

afterEach(async () => {
  source.close();
  await client.close();
  await api.close();
});

const latest = (): KubernetesState => states.at(-1) as KubernetesState;
const listen = (): (() => void) => source.subscribe((state) => states.push(state));

describe('createInventorySource', () => {
  it('says nothing before every kind has had its first answer, then everything', async () => {
    listen();
    await until(() => states.length > 0, 'a state');
    const sorted = (state: KubernetesState) =>
      Object.fromEntries(
        KIND_NAMES.map((name) => [
          name,
          [...state.objects[name]].sort((a, b) =>
            `${a.meta.namespace}/${a.meta.name}` < `${b.meta.namespace}/${b.meta.name}` ? -1 : 1,
          ),
        ]),
      );
    expect(sorted(states[0] as KubernetesState)).toEqual(sorted(recordedState()));
    expect(states[0]?.parts.pods.state).toBe('fresh');
    expect(states[0]?.parts.cronjobs.state).toBe('absent');
  });

  it('gathers changes that come together into one state', async () => {
    listen();
    await until(() => states.length > 0 && api.watchCount() > 10, 'a state');
    const before = states.length;
    const [first] = recordedItems('pods') as { metadata: Record<string, unknown> }[];
    for (let index = 0; index < 50; index += 1)
      api.store.put('/api/v1/pods', { ...first, metadata: { ...first?.metadata, name: `copy-${index}` } });
    await until(() => latest().objects.pods.length === 81, 'all new pods');
    expect(states.length - before).toBeLessThanOrEqual(4);
  });

  it('goes on with all else when one kind is denied, and says which rule is missing', async () => {
    api.troubles.push(({ path }, response) => {
      if (!path.endsWith('/servers')) return false;
      sendStatus(response, 403, 'servers.policy.linkerd.io is forbidden');
      return true;
    });
    listen();
    await until(() => states.length > 0, 'a state');
    expect(latest().parts.servers).toMatchObject({ state: 'denied' });
    expect(latest().parts.servers.message).toContain('list servers.policy.linkerd.io in the whole cluster');
    expect(latest().parts.pods.state).toBe('fresh');
    expect(latest().objects.pods).toHaveLength(31);
    api.troubles.length = 0;
    source.nudge();
    await until(() => latest().parts.servers.state === 'fresh', 'the right to see servers');
  });

  it('watches only while somebody listens, and lingers a moment', async () => {
    expect(api.seen).toHaveLength(0);
    const stop = listen();
    await until(() => states.length > 0 && api.watchCount() > 10, 'the watches');
    stop();
    const again = listen();
    const lists = api.seen.filter(({ query }) => query.get('watch') !== 'true').length;
    await until(() => states.length > 1, 'the state once more');
    expect(api.seen.filter(({ query }) => query.get('watch') !== 'true')).toHaveLength(lists);
    again();
    await until(() => api.watchCount() === 0, 'no watches');
    expect(source.state()).toBeNull();
  });
});
