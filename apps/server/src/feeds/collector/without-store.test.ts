import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeStore } from '../../../test/inputs/fake-store.ts';
import { fakeClusterFeed } from '../../../test/kubernetes/fake-cluster-feed.ts';
import { objectOf, podOf, stateOf } from '../../../test/kubernetes/made-up-cluster.ts';
import { toGraph } from '../../mesh/graph.ts';
import { toWorkloads } from '../../mesh/workloads.ts';
import { SourceError } from '../../sources/source-error.ts';
import { type Collector, type CollectorOptions, createCollector } from './collector.ts';

const MINUTE = { windowSeconds: 60, atSeconds: null };
const ALL = { namespaces: [], noise: 'hide' } as const;
const NO_RIGHT = new SourceError({
  source: 'kubernetes',
  kind: 'refused',
  message: 'the way to Prometheus is a port-forward, and ada may not create pods/portforward',
  remedy: 'let someone apply the manifest',
  manifest: 'kind: Role\n',
});
const CLUSTER = stateOf({
  namespaces: [objectOf('Namespace', 'shop')],
  deployments: [objectOf('Deployment', 'web', { spec: { replicas: 1 } })],
  replicasets: [objectOf('ReplicaSet', 'web-1', { owner: { kind: 'Deployment', name: 'web' } })],
  pods: [podOf({ name: 'web-1-a', owner: { kind: 'ReplicaSet', name: 'web-1' }, proxy: 'container' })],
});

let store: FakeStore;
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T15:47:10Z') });
  store = new FakeStore();
});
afterEach(() => {
  vi.useRealTimers();
});

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

function create(state = CLUSTER as typeof CLUSTER | null, more: Partial<CollectorOptions> = {}) {
  const cluster = fakeClusterFeed(state);
  return createCollector({ client: store, matchers: [], defaultAtSeconds: null, cluster, ...more });
}

async function read(collector: Collector) {
  const reading = collector.read(MINUTE);
  reading.catch(() => undefined);
  await seconds(30);
  return reading;
}

describe('a store that says nothing', () => {
  it('leaves what Kubernetes knows: workloads and pods without numbers, why, and what would help', async () => {
    store.outage = NO_RIGHT;
    const mesh = await read(create());
    const graph = toGraph(mesh, ALL);
    expect(graph.nodes).toMatchObject([
      { name: 'web', golden: null, denied: null, pods: { meshed: 1, running: 1 } },
    ]);
    expect(graph.edges).toEqual([]);
    expect(graph.diagnoses).toMatchObject([
      {
        code: 'store-away',
        severity: 'bad',
        what: `no traffic is known: ${NO_RIGHT.message}`,
        manifest: 'kind: Role\n',
      },
    ]);
    expect(graph.parts['inbound']).toMatchObject({ state: 'failed' });
    expect(toWorkloads(mesh, ALL).workloads).toMatchObject([{ name: 'web' }]);
  });

  it('is trouble all the same for who looks on, and forgotten when it comes', async () => {
    store.outage = NO_RIGHT;
    const seen: string[] = [];
    create().subscribe(MINUTE, {
      data: (mesh) =>
        seen.push(mesh.diagnoses.some(({ code }) => code === 'store-away') ? 'cluster' : 'numbers'),
      trouble: () => seen.push('trouble'),
    });
    await seconds(1);
    expect(seen).toEqual(['cluster', 'trouble']);
    store.outage = null;
    await seconds(60);
    expect(seen.at(-1)).toBe('numbers');
  });

  it('leaves its last numbers, when it had some', async () => {
    const collector = create();
    collector.subscribe(MINUTE, { data: () => undefined, trouble: () => undefined });
    const first = await read(collector);
    store.outage = NO_RIGHT;
    await seconds(60);
    const later = await read(collector);
    expect(later.picture(false).edges).toEqual(first.picture(false).edges);
    expect(later.diagnoses.map(({ code }) => code)).not.toContain('store-away');
  });

  it('is all there is to say where Kubernetes says nothing, too', async () => {
    store.outage = NO_RIGHT;
    await expect(read(create(null))).rejects.toBe(NO_RIGHT);
  });

  it('that hangs is not waited for longer than it takes to say so', async () => {
    store.delayMs = 60_000;
    const reading = create().read(MINUTE);
    await seconds(6);
    expect((await reading).diagnoses).toMatchObject([
      { code: 'store-away', what: expect.stringContaining('5 s') },
    ]);
  });

  it('does not blame Prometheus where the way to it hangs', async () => {
    store.delayMs = 60_000;
    const closed = new SourceError({
      source: 'kubernetes',
      kind: 'timed-out',
      message: 'the API server https://cluster.test did not answer in time',
      remedy: 'check that the cluster is up',
    });
    const troubles: unknown[] = [];
    const collector = create(null, { examineWay: async () => closed });
    const stop = collector.subscribe(MINUTE, {
      data: () => undefined,
      trouble: (error) => troubles.push(error),
    });
    await seconds(8);
    expect(troubles).toEqual([closed]);
    stop();
  });

  it('is asked again at once when the cluster that leads to it is back', async () => {
    store.outage = NO_RIGHT;
    const pods = { ...CLUSTER.parts.pods, state: 'stale', message: 'the API server is away' } as const;
    const cluster = fakeClusterFeed({ ...CLUSTER, parts: { ...CLUSTER.parts, pods } });
    const seen: number[] = [];
    const collector = create(null, { cluster });
    const stop = collector.subscribe(MINUTE, {
      data: ({ diagnoses }) => {
        if (!diagnoses.some(({ code }) => code === 'store-away')) seen.push(Date.now());
      },
      trouble: () => undefined,
    });
    await seconds(0.1);
    store.outage = null;
    const backMs = Date.now();
    cluster.say(CLUSTER);
    await seconds(5);
    expect((seen[0] ?? Number.POSITIVE_INFINITY) - backMs).toBeLessThan(1_000);
    stop();
  });
});
