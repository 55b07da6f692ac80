import { describe, expect, it } from 'vitest';
import { createClusterFeed } from '../src/feeds/cluster-feed.ts';
import { createInventoryTopic } from '../src/feeds/inventory.ts';
import type { KubernetesState } from '../src/sources/kubernetes/watch/state.ts';
import { buildTestApp } from './build-test-app.ts';
import { fakeCluster } from './kubernetes/fake-cluster.ts';
import { fakeClusterFeed } from './kubernetes/fake-cluster-feed.ts';
import { recordedState } from './kubernetes/recorded-cluster.ts';

const withCluster = (state: KubernetesState | null) =>
  buildTestApp({ fakes: { cluster: fakeCluster(state) } });

describe('GET /api/inventory', () => {
  it('answers what Kubernetes says, whole or of some namespaces', async () => {
    const app = await withCluster(recordedState());
    const whole = (await app.inject('/api/inventory')).json();
    expect(whole.controlPlane).toEqual({ namespace: 'linkerd', version: 'edge-26.8.3' });
    expect(whole.workloads.length).toBeGreaterThan(20);
    const answer = await app.inject('/api/inventory?namespace=legacy');
    expect(answer.statusCode).toBe(200);
    expect(answer.json().namespaces.map(({ name }: { name: string }) => name)).toEqual(['legacy']);
    expect(answer.json().workloads.map(({ id }: { id: string }) => id)).toEqual([
      'legacy/deployment/audit',
      'legacy/deployment/batch',
      'legacy/deployment/erp',
      'legacy/deployment/scraper',
    ]);
  });

  it('is 502 without Kubernetes, and says how to have it', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/inventory');
    expect(answer.statusCode).toBe(502);
    expect(answer.json()).toMatchObject({
      source: 'kubernetes',
      remedy: expect.stringContaining('--kubeconfig'),
    });
  });

  it('is 504 instead of hanging when the API server stays silent', async () => {
    const states = fakeCluster(null).inventory;
    const cluster = createClusterFeed({ states, now: Date.now });
    const topic = createInventoryTopic({ cluster, answerWithinMs: 20 });
    await expect(topic({}).read()).rejects.toMatchObject({ source: 'kubernetes', kind: 'timed-out' });
  });

  it('looks at the store for namespaces where Kubernetes may not be listed', async () => {
    const state = recordedState();
    const pods = { ...state.parts.pods, state: 'denied' } as const;
    const cluster = fakeClusterFeed({ ...state, parts: { ...state.parts, pods } });
    let looks = 0;
    const learnNamespaces = async () => {
      looks++;
      cluster.say({ ...state, parts: { ...state.parts, pods: { ...pods, state: 'fresh' } } });
    };
    const topic = createInventoryTopic({ cluster, learnNamespaces });
    expect((await topic({}).read()).parts['pods']?.state).toBe('fresh');
    await topic({}).read();
    expect(looks).toBe(1);
  });

  it('refuses a namespace that is none', async () => {
    const app = await withCluster(recordedState());
    const answer = await app.inject('/api/inventory?namespace=Legacy_1');
    expect(answer.statusCode).toBe(400);
    expect(answer.json().field).toBe('namespace');
  });
});

describe('a server with a cluster', () => {
  it('says whom the API server takes it for, and closes it at the end', async () => {
    const cluster = fakeCluster(recordedState());
    const app = await buildTestApp({ fakes: { cluster } });
    expect((await app.inject('/api/about')).json()).toMatchObject({
      kubernetes: {
        available: true,
        reason: null,
        server: 'https://cluster.test',
        identity: 'user jane of context test (a token)',
      },
      tap: { available: true },
    });
    await app.close();
    expect(cluster.closed).toBe(true);
  });

  it('says without one how to have one', async () => {
    const app = await buildTestApp();
    expect((await app.inject('/api/about')).json().kubernetes).toMatchObject({
      available: false,
      reason: expect.stringContaining('--kubeconfig'),
    });
  });

  it('says that tap is switched off on purpose, so that the page can leave it out', async () => {
    const app = await buildTestApp({
      args: ['--no-tap'],
      fakes: { cluster: fakeCluster(recordedState()) },
    });
    expect((await app.inject('/api/about')).json().tap).toEqual({
      available: false,
      off: true,
      reason: expect.stringContaining('switched off'),
    });
  });

  it('refuses a top for want of rights with the manifest that grants them', async () => {
    const app = await withCluster(recordedState());
    const source = app.feeds.top({ namespace: 'storefront', kind: 'deployment', name: 'web' });
    const top = await new Promise<unknown>((resolve) => {
      const stop = source.start({
        trouble: resolve,
        data(value) {
          if (value.state !== 'failed') return;
          stop();
          resolve(value);
        },
      });
    });
    expect(top).toMatchObject({
      message: 'tap of storefront/deployment/web: jane may not tap',
      manifest: 'kind: Role',
    });
  });
});
