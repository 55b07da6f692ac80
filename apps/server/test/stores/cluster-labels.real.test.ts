// Labels with several values under which the same workloads stand: clusters, or what differs within one. Through a real Prometheus.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../../src/feeds/collector/collector.ts';
import { createStoreClusters } from '../../src/feeds/collector/store/store-clusters.ts';
import { toGraph } from '../../src/mesh/graph.ts';
import { from, GOOD, secured, to } from '../inputs/mesh-of.ts';
import { scrapes, steady, type WrittenPod, writtenPod } from '../inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from '../inputs/written-store.ts';

type Labels = Readonly<Record<string, string>>;

const NOW = Math.floor(Date.now() / 1000) - 10;
const CALLS = [
  ['web', 'api'],
  ['api', 'db'],
] as const;

let store: WrittenStore;
beforeAll(async () => {
  store = await startWrittenStore();
});
afterAll(() => store?.stop());

/** Pods of web, api and db: web calls the apis of `reached`, ten times a second each. */
function pods(own: Labels, end: string, reached: readonly string[] = [end]): WrittenPod[] {
  return ['web', 'api', 'db'].map((name) => {
    const [, callee] = CALLS.find(([caller]) => caller === name) ?? [];
    return {
      labels: { ...from(`shop/${name}`), ...own, pod: `${name}-${end}`, instance: `${name}-${end}` },
      starts: [NOW - 100_000],
      scrapes: scrapes(NOW - 120, NOW, 10),
      happenings: callee
        ? reached.flatMap((pod) =>
            steady(
              {
                ...{ __name__: 'response_total', direction: 'outbound', dst_pod: `${callee}-${pod}` },
                ...{ ...to(`shop/${callee}`), ...secured(`shop/${callee}`), ...GOOD },
              },
              10 / reached.length,
              NOW - 120,
              NOW,
            ),
          )
        : [],
    };
  });
}

async function read(name: string, written: readonly WrittenPod[], more: readonly string[] = []) {
  const matchers = [`store="${name}"`, ...more];
  await store.write(written.flatMap((pod) => writtenPod({ ...pod, labels: { ...pod.labels, store: name } })));
  const { client } = store;
  const clusters = createStoreClusters({ client, matchers, atSeconds: NOW, now: Date.now });
  const collector = createCollector({ client, matchers, defaultAtSeconds: null, clusters });
  try {
    const mesh = await collector.read({ windowSeconds: 60, atSeconds: NOW });
    const { edges } = toGraph(mesh, { namespaces: [], noise: 'hide' });
    return {
      rps: edges.find(({ source }) => source === 'shop/deployment/web')?.http?.rps ?? 0,
      told: mesh.diagnoses.find(({ code }) => code === 'several-clusters')?.what ?? null,
    };
  } finally {
    collector.close();
  }
}

describe('several clusters in one store', () => {
  it.each([
    ['prometheus', 'east/k8s', 'west/k8s'],
    ['job', 'east/linkerd-proxy', 'west/linkerd-proxy'],
    ['agent_hostname', 'collector-east', 'collector-west'],
    ['location', 'europe-west1', 'us-east1'],
    ['stack', 'a', 'b'],
  ])('are told apart by %s', async (label, one, other) => {
    const { rps, told } = await read(`by-${label}`, [
      ...pods({ [label]: one }, 'a'),
      ...pods({ [label]: other }, 'b'),
    ]);
    expect(told).toContain(`${label} (${one}, ${other})`);
    expect(rps).toBeCloseTo(10, 0);
  });
});

describe('clusters of one name', () => {
  const two = (own: Labels) => [
    ...pods({ ...own, region: 'eu' }, 'a'),
    ...pods({ ...own, region: 'us' }, 'b'),
  ];

  it('are told apart by a second label', async () => {
    const written = [...two({ cluster: 'prod' }), ...pods({ cluster: 'stage', region: 'eu' }, 'c')];
    const { rps, told } = await read('two-labels', written);
    expect(told).toContain('cluster and region (prod / eu, prod / us, stage / eu): prod / eu is shown');
    expect(rps).toBeCloseTo(10, 0);
  });

  it('are told apart within the one that a matcher chose', async () => {
    const { rps, told } = await read('chosen-twice', two({ cluster: 'prod' }), ['cluster="prod"']);
    expect(told).toContain('region (eu, us): eu is shown');
    expect(rps).toBeCloseTo(10, 0);
  });
});

describe('one cluster', () => {
  it.each([
    ['az', 'a', 'b'],
    ['arch', 'amd64', 'arm64'],
    ['build_date', '2026-11-01', '2026-11-28'],
    ['region', 'eu-1', 'eu-2'],
    ['prometheus', 'monitoring/shard-0', 'monitoring/shard-1'],
  ])('is one where its pods differ by %s and call one another', async (label, one, other) => {
    const { rps, told } = await read(`within-${label}`, [
      ...pods({ [label]: one }, 'a', ['a', 'b']),
      ...pods({ [label]: other }, 'b', ['a', 'b']),
    ]);
    expect(told).toBeNull();
    expect(rps).toBeCloseTo(20, 0);
  });

  it.each(['tenant', 'env', 'stage'])(
    'is one while a release changes the label %s of one workload',
    async (label) => {
      const calling = pods({}, 'a', ['a', 'old', 'new']);
      const rolled = ['old', 'new'].flatMap((end) => pods({ [label]: end }, end, []).slice(1, 2));
      const { rps, told } = await read(`rolled-${label}`, [...calling, ...rolled]);
      expect(told).toBeNull();
      expect(rps).toBeCloseTo(10, 0);
    },
  );
});
