import { describe, expect, it } from 'vitest';
import { FakeStore, sample } from '../../../../test/inputs/fake-store.ts';
import { createCollector } from '../collector.ts';
import { createStoreClusters } from './store-clusters.ts';

function start(matchers: readonly string[], values: readonly string[] | Error = ['west', 'east']) {
  const asked: string[] = [];
  let nowMs = 0;
  const clusters = createStoreClusters({
    client: {
      async query(text) {
        asked.push(text);
        if (values instanceof Error) throw values;
        return values.map((cluster) => sample({ cluster }, 1));
      },
    },
    matchers,
    atSeconds: null,
    now: () => nowMs,
  });
  return {
    clusters,
    asked,
    wait(ms: number) {
      nowMs += ms;
    },
  };
}

describe('the clusters of a store', () => {
  it('are the values of the label that a matcher names, asked without it', async () => {
    const { clusters, asked } = start(['job="linkerd-proxy"', 'cluster="east"', 'env=~"a|b"']);
    expect(clusters.known()).toMatchObject({ labels: ['cluster'], current: 'east' });
    await clusters.settled();
    expect(clusters.known()?.values).toEqual(['east', 'west']);
    expect(asked.at(-1)).toBe('count by (cluster) (proxy_build_info{job="linkerd-proxy",env=~"a|b"})');
  });

  it('have matchers of their own, whatever their name', () => {
    const { clusters } = start(['cluster="east"', 'env=~"a|b"']);
    expect(clusters.matchersOf('we"st')).toEqual(['env=~"a|b"', 'cluster="we\\"st"']);
  });

  it('may be told apart by a label that is none of the old names', async () => {
    const { clusters, asked } = start(['"k8s.cluster.name"="east"']);
    expect(clusters.known()).toMatchObject({ labels: ['k8s.cluster.name'], current: 'east' });
    await clusters.settled();
    expect(asked.at(-1)).toBe('count by ("k8s.cluster.name") (proxy_build_info)');
    expect(clusters.matchersOf('west')).toEqual(['"k8s.cluster.name"="west"']);
  });

  it('take the first exact matcher where none sounds like a cluster', () => {
    expect(start(['site="a"', 'env="b"']).clusters.known()?.labels).toEqual(['site']);
  });

  it('are asked for once in five minutes, and at once again after trouble', async () => {
    const { clusters, asked, wait } = start(['cluster="east"']);
    await clusters.settled();
    for (let i = 0; i < 3; i++) clusters.known();
    const { length } = asked;
    wait(300_000);
    await clusters.settled();
    for (let i = 0; i < 3; i++) clusters.known();
    await Promise.resolve();
    expect(asked.length).toBeGreaterThan(length);
    expect(asked.length).toBeLessThanOrEqual(2 * length);
    const failing = start(['cluster="east"'], new Error('away'));
    await failing.clusters.settled();
    await failing.clusters.settled();
    expect(failing.clusters.known()?.values).toEqual(['east']);
    expect(failing.asked.length).toBeGreaterThan(1);
  });
});

/** A store of two clusters, `label` telling them apart, as it answers what is asked to discover them. */
function discovering(
  label: string,
  names: readonly string[],
  more: Record<string, number> = {},
  matchers: readonly string[] = ['job!="other"'],
) {
  const numbers = { workloads: 4, pods: 16, values: names.length, places: 8, copies: 16, ...more };
  const asked: string[] = [];
  const clusters = createStoreClusters({
    client: {
      async query(text) {
        asked.push(text);
        if (text.startsWith('topk'))
          return [sample({ [label]: names[0] ?? '', namespace: 'shop', deployment: 'web' }, 1)];
        // Nobody calls anybody.
        if (text.includes('dst_pod')) return [];
        if (text.includes('pod=~')) return [sample({ [label]: names.at(-1) ?? '' }, 3)];
        if (text.startsWith('count by')) return names.map((name) => sample({ [label]: name }, 8));
        const { workloads, pods, values, places, copies } = numbers;
        return [
          sample({ fact: 'workloads' }, workloads),
          sample({ fact: 'pods' }, pods),
          sample({ values: label }, values),
          sample({ places: label }, places),
          sample({ copies: label }, copies),
        ];
      },
    },
    matchers,
    atSeconds: null,
    now: () => 0,
    ...(more['ownPods'] === undefined ? {} : { ownPods: async () => ['web-1', 'web-2'] }),
  });
  return { clusters, asked };
}

describe('clusters that no matcher names', () => {
  it.each(['cluster', 'k8s_cluster_name', 'region', 'dc', 'fleet'])(
    'are told apart by a label %s under which the same workloads stand',
    async (label) => {
      const { clusters } = discovering(label, ['west', 'east']);
      expect(clusters.known()).toBeNull();
      await clusters.settled();
      expect(clusters.known()).toEqual({
        ...{ labels: [label], current: 'east', values: ['east', 'west'], isChosen: false },
      });
      expect(clusters.matchersOf(null)).toEqual(['job!="other"', `${label}="east"`]);
      expect(clusters.matchersOf('west')).toEqual(['job!="other"', `${label}="west"`]);
    },
  );

  it.each([
    ['cluster', { places: 4 }], // one for each workload
    ['cluster', { values: 1 }],
    ['zone', {}],
    ['pod_template_hash', {}],
    ['team', {}],
    ['fleet', { places: 5 }], // few workloads stand under two
    ['fleet', { copies: 32 }], // the same pods are stored twice
  ])('are none where %s tells %j', async (label, more) => {
    const { clusters } = discovering(label, ['west', 'east'], more);
    await clusters.settled();
    expect(clusters.known()).toBeNull();
    expect(clusters.mayBeSeveral()).toBe(false);
    expect(clusters.matchersOf(null)).toEqual(['job!="other"']);
  });

  it('are found behind a matcher of another label, and not behind one that names a cluster', async () => {
    const { clusters } = discovering('cluster', ['west', 'east'], {}, ['job="linkerd-proxy"']);
    await clusters.settled();
    expect(clusters.known()).toMatchObject({ labels: ['cluster'], isChosen: false });
    expect(clusters.matchersOf(null)).toEqual(['job="linkerd-proxy"', 'cluster="east"']);
    const sure = discovering('fleet', ['west', 'east'], {}, ['cluster="a"']);
    await sure.clusters.settled();
    expect(sure.clusters.known()).toMatchObject({ labels: ['cluster'], current: 'a', isChosen: true });
  });

  it('may be one without the label, which has a name of ours', async () => {
    const { clusters } = discovering('cluster', ['', 'west']);
    await clusters.settled();
    expect(clusters.known()).toMatchObject({ current: 'west', values: ['(none)', 'west'] });
    expect(clusters.matchersOf('(none)')).toEqual(['job!="other"', 'cluster=""']);
  });

  it('are shown by the one that Kubernetes speaks of', async () => {
    const { clusters, asked } = discovering('cluster', ['east', 'north', 'west'], { ownPods: 2 });
    await clusters.settled();
    expect(clusters.known()?.current).toBe('west');
    expect(asked.join()).toContain('pod=~"web-1|web-2"');
  });
});

describe('a store of one cluster', () => {
  /** Whose pods it holds, beside Kubernetes with web-1. */
  async function holding(pods: readonly string[], atSeconds: number | null = null) {
    let nowMs = 0;
    const clusters = createStoreClusters({
      client: {
        async query(text) {
          if (text.startsWith('topk')) return [sample({ namespace: 'shop', deployment: 'web' }, 1)];
          if (text.startsWith('count(proxy_build_info')) return [sample({}, pods.length)];
          return text.includes('pod=~"web-1"') && pods.includes('web-1') ? [sample({ pod: 'web-1' }, 1)] : [];
        },
      },
      matchers: [],
      atSeconds,
      now: () => nowMs,
      ownPods: async () => ['web-1'],
    });
    const isForeign: boolean[] = [];
    for (let turn = 0; turn < 3; turn++) {
      await clusters.settled();
      await new Promise((resolve) => setTimeout(resolve, 5));
      isForeign.push(clusters.isForeign());
      nowMs += 20_000;
      clusters.known();
    }
    return isForeign;
  }

  it('is of another one than Kubernetes where it knows none of its pods, once it was asked twice', async () => {
    expect(await holding(['api-1', 'api-2'])).toEqual([false, true, true]);
  });

  it('is not where it knows one, knows no pods at all, or is asked for the past', async () => {
    expect(await holding(['web-1', 'api-2'])).toEqual([false, false, false]);
    expect(await holding([])).toEqual([false, false, false]);
    expect(await holding(['api-1'], 1_000)).toEqual([false, false, false]);
  });
});

describe('a collector of a store with several clusters', () => {
  it('asks for the one that is wanted, and for no other', async () => {
    const store = new FakeStore();
    const { clusters } = start(['cluster="east"']);
    const collector = createCollector({
      client: store,
      matchers: ['cluster="east"'],
      clusters,
      defaultAtSeconds: null,
    });
    const span = { windowSeconds: 60, atSeconds: null };
    await collector.read(span);
    // Which language the store speaks is a question about no series.
    const aboutSeries = () => store.asked.filter(({ name }) => name !== 'dialect');
    expect(aboutSeries().every(({ text }) => text.includes('cluster="east"'))).toBe(true);
    store.asked.length = 0;
    // Its own by its name is the same question.
    await collector.read({ ...span, cluster: 'east' });
    expect(store.asked).toEqual([]);
    await collector.read({ ...span, cluster: 'west' });
    expect(store.asked.length).toBeGreaterThan(6);
    expect(aboutSeries().every(({ text }) => text.includes('cluster="west"'))).toBe(true);
    expect(store.asked.some(({ text }) => text.includes('east'))).toBe(false);
    collector.close();
  });
});
