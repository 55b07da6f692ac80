// One door to a cluster: what a plugin opens, on the recorded cluster behind a real API server.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cluster, openCluster } from '../../src/sources/kubernetes/cluster.ts';
import { createTestApiServer, type TestApiServer } from './api-server.ts';
import type { Item } from './object-store.ts';
import { recordedItems } from './recorded-cluster.ts';
import { clusterOf } from './test-cluster.ts';

const NAMESPACES = '/api/v1/namespaces';
const POD = 'linkerd-viz/prometheus-t8v7ttrlv-txc65';
const never = new AbortController().signal;
let api: TestApiServer;
let cluster: Cluster;
let prometheus: Server;

beforeEach(async () => {
  api = await createTestApiServer();
  api.store.create('/api/v1/pods', recordedItems('pods'));
  api.store.create(NAMESPACES, recordedItems('namespaces'));
  prometheus = createServer((_, response) => response.end('{"status":"success"}'));
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  cluster = openCluster({ cluster: clusterOf(api), environment: {}, now: Date.now, random: Math.random });
});

afterEach(async () => {
  await cluster.close();
  await api.close();
  prometheus.closeAllConnections();
  await new Promise((resolve) => prometheus.close(resolve));
});

describe('openCluster', () => {
  it('says whom it speaks as, and asks for exactly the rights of a tap', async () => {
    expect(cluster.identity).toBe('user tester of context test (a token)');
    api.allowWhen(({ subresource }) => subresource === 'portforward');
    const tap = await cluster.tapAccess({ namespace: 'storefront', resource: 'deployments', name: 'web' });
    expect(tap).toMatchObject({ allowed: false, missing: [{ resource: 'deployments/tap', verb: 'watch' }] });
  });

  it('leads to the Prometheus of viz, and says in its own format why nothing comes through', async () => {
    const opened = await cluster.openPrometheus(never);
    const ask = () => fetch(`${opened.url}/api/v1/query`);
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({
      status: 'error',
      error: expect.stringContaining(`pods "${POD}" not found`),
    });
    expect(await opened.examine()).toMatchObject({ source: 'kubernetes', status: 404 });

    api.pods.set(POD, (prometheus.address() as AddressInfo).port);
    expect(await (await ask()).json()).toEqual({ status: 'success' });
    expect(await opened.examine()).toBeNull();
    await opened.close();
    await expect(ask()).rejects.toThrow();
  });

  it('opens while the API server is still away, and works when it comes', async () => {
    api.troubles.push((_, response) => {
      response.destroy();
      return true;
    });
    const opened = await cluster.openPrometheus(never);
    expect(await (await fetch(opened.url)).json()).toMatchObject({ error: expect.stringContaining(api.url) });
    api.troubles.length = 0;
    api.pods.set(POD, (prometheus.address() as AddressInfo).port);
    expect(await (await fetch(opened.url)).json()).toEqual({ status: 'success' });
    await opened.close();
  });

  it('takes the Prometheus that the namespace of viz names', async () => {
    const viz = recordedItems('namespaces').find(
      (item) => (item as Item).metadata['name'] === 'linkerd-viz',
    ) as Item;
    const annotations = { 'viz.linkerd.io/external-prometheus': 'https://metrics.example' };
    api.store.put(NAMESPACES, { ...viz, metadata: { ...viz.metadata, annotations } });
    const named = await cluster.openPrometheus(never);
    expect(named.url).toBe('https://metrics.example');
    expect(named.behind).toContain('viz.linkerd.io/external-prometheus');
  });

  it('watches only while somebody wants the inventory', async () => {
    const state = await new Promise((resolve) => cluster.inventory.subscribe(resolve));
    expect(state).toMatchObject({ parts: { pods: { state: 'fresh' }, servers: { state: 'absent' } } });
  });
});
