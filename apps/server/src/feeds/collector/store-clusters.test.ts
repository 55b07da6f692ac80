import { describe, expect, it } from 'vitest';
import { FakeStore, sample } from '../../../test/fake-store.ts';
import { createCollector } from './collector.ts';
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
    expect(clusters).toMatchObject({ label: 'cluster', current: 'east' });
    await clusters?.settled();
    expect(clusters?.values()).toEqual(['east', 'west']);
    expect(asked).toEqual(['count by (cluster) (proxy_build_info{job="linkerd-proxy",env=~"a|b"})']);
  });

  it('have matchers of their own, whatever their name', () => {
    const { clusters } = start(['cluster="east"', 'env=~"a|b"']);
    expect(clusters?.matchersOf('we"st')).toEqual(['env=~"a|b"', 'cluster="we\\"st"']);
  });

  it('may be told apart by a label that is none of the old names', async () => {
    const { clusters, asked } = start(['"k8s.cluster.name"="east"']);
    expect(clusters).toMatchObject({ label: 'k8s.cluster.name', current: 'east' });
    await clusters?.settled();
    expect(asked).toEqual(['count by ("k8s.cluster.name") (proxy_build_info)']);
    expect(clusters?.matchersOf('west')).toEqual(['"k8s.cluster.name"="west"']);
  });

  it.each([[[]], [['cluster=~"east|west"']], [['cluster!="east"']]])('are none for %j', (matchers) => {
    expect(start(matchers).clusters).toBeNull();
  });

  it('take the first exact matcher where none sounds like a cluster', () => {
    expect(start(['site="a"', 'env="b"']).clusters?.label).toBe('site');
  });

  it('are asked for once in five minutes, and at once again after trouble', async () => {
    const { clusters, asked, wait } = start(['cluster="east"']);
    await clusters?.settled();
    for (let i = 0; i < 3; i++) clusters?.values();
    expect(asked.length).toBe(1);
    wait(300_000);
    clusters?.values();
    expect(asked.length).toBe(2);
    const failing = start(['cluster="east"'], new Error('away'));
    await failing.clusters?.settled();
    await failing.clusters?.settled();
    expect(failing.clusters?.values()).toEqual(['east']);
    expect(failing.asked.length).toBeGreaterThan(1);
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
