// A look at health beside sources that do not answer in time, or that we ask wrongly: the first is told, the second is a mistake.

import { describe, expect, it, onTestFinished } from 'vitest';
import { createHealthLooks, type HealthLooksOptions } from '../../src/feeds/health/health-looks.ts';
import { readHealth } from '../../src/sources/kubernetes/health/read-health.ts';
import { readAccess, tapRules } from '../../src/sources/kubernetes/rights/access.ts';
import { answersOf, createFakeSource } from '../inputs/fake-mesh.ts';
import { createTestApiServer } from '../kubernetes/api-server.ts';
import { fakeClusterFeed } from '../kubernetes/fake-cluster-feed.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import { clientOf } from '../kubernetes/test-cluster.ts';

type Query = HealthLooksOptions['client']['query'];

function looksOf({ query = async () => [], ...more }: Partial<HealthLooksOptions> & { query?: Query } = {}) {
  let atMs = 0;
  const looks = createHealthLooks({
    cluster: null,
    clusterFeed: null,
    client: { query },
    matchersOf: () => [],
    answers: answersOf(createFakeSource({ rps: 2 })),
    defaultAtSeconds: null,
    nowMs: () => atMs,
    latchwork: '1.0.0',
    storeName: 'prometheus.test:9090',
    withinMs: 100,
    ...more,
  });
  return {
    look: () => looks.look({}),
    pass(ms: number) {
      atMs += ms;
    },
  };
}

async function hangingCluster() {
  const api = await createTestApiServer();
  const client = clientOf(api);
  api.troubles.push(() => true);
  onTestFinished(async () => {
    await client.close();
    await api.close();
  });
  return {
    readHealth: (...[places, signal]: Parameters<NonNullable<HealthLooksOptions['cluster']>['readHealth']>) =>
      readHealth(client, places, signal),
    tapAccess: (...[target, signal]: Parameters<NonNullable<HealthLooksOptions['cluster']>['tapAccess']>) =>
      readAccess(client, tapRules(target), signal),
  };
}

describe('createHealthLooks()', () => {
  it('tells that the API server is silent, and the rest', async () => {
    const { look } = looksOf({
      cluster: await hangingCluster(),
      clusterFeed: fakeClusterFeed(recordedState()),
    });
    const view = await look();
    expect(view.objects).toMatchObject({
      state: 'untold',
      why: 'the API server has not answered within 0.1 s',
      remedy: 'ask again later',
    });
    expect(view.facts.state).toBe('known');
  });

  it('tells that the store is silent', async () => {
    const { look } = looksOf({
      query: (_text, { signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    });
    const late = { state: 'untold', why: 'the store has not answered within 0.1 s' };
    expect(await look()).toMatchObject({ facts: late, proxies: late });
  });

  it('takes a mistake of ours for no silence', async () => {
    const { look } = looksOf({ query: () => Promise.reject(new TypeError('x is not a function')) });
    await expect(look()).rejects.toThrow('x is not a function');
  });

  it('keeps a newer look when an older one breaks', async () => {
    const breaks: ((error: Error) => void)[] = [];
    let asked = 0;
    const { look, pass } = looksOf({
      query: () => {
        asked++;
        return asked > 2 ? Promise.resolve([]) : new Promise((_, reject) => breaks.push(reject));
      },
    });
    const broken = look();
    pass(6_000);
    const newer = look();
    for (const fail of breaks) fail(new TypeError('ours'));
    await expect(broken).rejects.toThrow('ours');
    expect(look()).toBe(newer);
    await newer;
  });
});
