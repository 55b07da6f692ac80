// Stores whose series change their labels, their families or who writes them, while the proxies go on as before: what is new
// under its name alone has not happened now. Each through a real Prometheus.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../../src/mesh/graph.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { accountId, BAD, from, GOOD, secured, to } from '../inputs/mesh-of.ts';
import { scrapes, steady, type WrittenPod, writtenPod } from '../inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from '../inputs/written-store.ts';

const NOW = Math.floor(Date.now() / 1000) - 10;
const TO_API = {
  __name__: 'response_total',
  direction: 'outbound',
  ...to('shop/api'),
  ...secured('shop/api'),
};
const IN = {
  __name__: 'response_total',
  direction: 'inbound',
  ...{ target_port: '8080', route_name: 'default', tls: 'true', client_id: accountId('web', 'shop') },
};
/** They run for hours, and have counted a hundred thousand each. */
const HOURS = [
  { at: NOW - 9000, labels: { ...TO_API, ...GOOD }, count: 100_000 },
  { at: NOW - 9000, labels: { ...IN, ...GOOD }, count: 100_000 },
];

let store: WrittenStore;
beforeAll(async () => {
  store = await startWrittenStore();
});
afterAll(() => store?.stop());

/** Ten calls a second of web to api. */
function twoPods(change: (pod: WrittenPod) => readonly WrittenPod[]): WrittenPod[] {
  return [
    { workload: 'web', labels: TO_API },
    { workload: 'api', labels: IN },
  ].flatMap(({ workload, labels }) =>
    change({
      labels: { ...from(`shop/${workload}`), pod: `${workload}-1`, instance: `${workload}-1` },
      starts: [NOW - 100_000],
      scrapes: scrapes(NOW - 600, NOW, 10),
      happenings: [
        ...HOURS.filter((one) => one.labels.direction === labels.direction),
        ...steady({ ...labels, ...GOOD }, 10, NOW - 600, NOW),
      ],
    }),
  );
}

async function read(
  cluster: string,
  windowSeconds: number,
  pods: readonly WrittenPod[],
  more: readonly Readonly<Record<string, string>>[] = [],
): Promise<Mesh> {
  const named = pods.map((one) => ({ ...one, labels: { ...one.labels, cluster } }));
  await store.write(named.flatMap(writtenPod));
  for (const labels of more) {
    const up = { ...labels, cluster };
    await store.write([{ labels: up, samples: scrapes(NOW - 600, NOW, 10).map((at) => [at, 1] as const) }]);
  }
  return store.read(cluster, NOW, windowSeconds);
}

function callsIn(mesh: Mesh) {
  const { edges, nodes } = toGraph(mesh, { namespaces: [], noise: 'hide' });
  const api = nodes.find(({ id }) => id === 'shop/deployment/api');
  return {
    edge: edges.find(({ source }) => source === 'shop/deployment/web')?.http ?? null,
    golden: api?.type === 'workload' ? api.golden : null,
  };
}
const codes = ({ diagnoses }: Mesh) => diagnoses.map(({ code }) => code);

describe('series that go on under another label', () => {
  /** As behind an agent, or a replica of a Prometheus, that was replaced. */
  const replaced = (at: number, isSaid: boolean) => (pod: WrittenPod) => [
    {
      ...pod,
      labels: { ...pod.labels, prometheus_replica: 'agent-7c9f-a' },
      scrapes: pod.scrapes.filter((one) => one < at),
      ...(isSaid ? { endsAt: at } : {}),
    },
    {
      ...pod,
      labels: { ...pod.labels, prometheus_replica: 'agent-7c9f-b' },
      scrapes: pod.scrapes.filter((one) => one >= at),
    },
  ];

  it.each([
    { at: 100, isSaid: true, windowSeconds: 300 },
    { at: 100, isSaid: false, windowSeconds: 300 },
    { at: 30, isSaid: false, windowSeconds: 300 },
    { at: 150, isSaid: false, windowSeconds: 60 },
  ])(
    'are no new ones: $at s ago, in a window of $windowSeconds s, an end that is told: $isSaid',
    async ({ at, isSaid, windowSeconds }) => {
      const cluster = `replaced-${at}-${isSaid}-${windowSeconds}`;
      const mesh = await read(cluster, windowSeconds, twoPods(replaced(NOW - at, isSaid)));
      const { edge, golden } = callsIn(mesh);
      expect(Math.abs((edge?.rps ?? 0) - 10)).toBeLessThan(0.7);
      expect(Math.abs((golden?.rps ?? 0) - 10)).toBeLessThan(0.7);
      expect(mesh.lagSeconds).toBe(0);
      expect(codes(mesh)).not.toContain('stored-twice');
    },
  );

  it('count once while two replicas write them, and the one that lives', async () => {
    const mesh = await read(
      'two-replicas',
      60,
      twoPods((pod) => [
        {
          ...pod,
          labels: { ...pod.labels, prometheus_replica: 'a' },
          scrapes: pod.scrapes.filter((at) => at < NOW - 40),
        },
        { ...pod, labels: { ...pod.labels, prometheus_replica: 'b' } },
      ]),
    );
    expect(callsIn(mesh).edge?.rps).toBeCloseTo(10, 0);
    expect(mesh.diagnoses.find(({ code }) => code === 'stored-twice')?.what).toContain('only what b stored');
  });
});

describe('a family that is kept since a while ago', () => {
  it('is no new traffic, and the window is as long as it is known', async () => {
    const mesh = await read(
      'family-kept',
      300,
      twoPods((pod) => [{ ...pod, requestsSince: NOW - 100 }]),
    );
    const { edge, golden } = callsIn(mesh);
    expect(edge?.rps).toBeCloseTo(10, 0);
    expect(golden?.rps).toBeCloseTo(10, 0);
    expect(mesh.windowSeconds).toBeLessThan(110);
    expect(codes(mesh)).toContain('window-shortened');
  });
});

describe('a store that keeps nothing of proxies but their requests', () => {
  const scant = (pod: WrittenPod): WrittenPod[] => [
    {
      ...pod,
      without: ['proxy_build_info', 'process_start_time_seconds'],
      happenings: [
        ...pod.happenings,
        ...(pod.labels['pod'] === 'web-1'
          ? [{ at: NOW - 25, labels: { ...TO_API, ...BAD }, count: 30 }]
          : []),
      ],
    },
  ];

  it('has rare failures all the same', async () => {
    const mesh = await read('requests-alone', 60, twoPods(scant));
    expect(callsIn(mesh).edge?.successRate).toBeCloseTo(600 / 630, 2);
  });

  it('has them where `up` does not say of which pod it is', async () => {
    const up = [{ __name__: 'up', instance: 'web-1', job: 'linkerd-proxy' }];
    const mesh = await read('up-of-no-pod', 60, twoPods(scant), up);
    expect(callsIn(mesh).edge?.successRate).toBeCloseTo(600 / 630, 2);
  });
});

describe('a store without the names of single proxies', () => {
  it('is not taken for one that holds every proxy twice', async () => {
    const mesh = await read(
      'no-pods',
      60,
      twoPods((pod) => {
        const { pod: _pod, instance: _instance, ...labels } = pod.labels;
        return [{ ...pod, labels }];
      }),
    );
    expect(codes(mesh)).not.toContain('stored-twice');
    expect(callsIn(mesh).edge?.rps).toBeCloseTo(10, 0);
    expect(callsIn(mesh).golden?.rps).toBeCloseTo(10, 0);
  });
});

describe('several proxies under one set of labels', () => {
  it('have rates that are said to be wrong', async () => {
    const named = twoPods((pod) => [pod]);
    const other = (pod: WrittenPod): WrittenPod => ({
      ...pod,
      starts: [NOW - 5000],
      scrapes: pod.scrapes.map((at) => at + 5),
      happenings: steady({ ...TO_API, ...GOOD }, 10, NOW - 600, NOW),
    });
    const [web] = named;
    const written = [...writtenPod(web as WrittenPod), ...writtenPod(other(web as WrittenPod))];
    const mixed = Map.groupBy(written, ({ labels }) => JSON.stringify(labels));
    await store.write(
      [...mixed.values()].map((series) => {
        const { pod: _pod, instance: _instance, ...labels } = series[0]?.labels ?? {};
        const samples = series.flatMap((one) => [...one.samples]).sort(([a], [b]) => a - b);
        return { labels: { ...labels, cluster: 'mixed' }, samples };
      }),
    );
    const said = codes(await store.read('mixed', NOW, 60));
    expect(said).toContain('proxies-mixed');
    expect(said).not.toContain('scraped-twice');
  });
});

describe('samples of which some arrive late', () => {
  it('are too few for their pods, and that is said', async () => {
    const pods = twoPods((pod) => [
      pod,
      ...['2', '3', '4', '5'].map((end) => ({
        ...pod,
        labels: {
          ...pod.labels,
          pod: `${pod.labels['pod']}-${end}`,
          instance: `${pod.labels['pod']}-${end}`,
        },
        scrapes: pod.scrapes.filter((at) => at < NOW - (end < '4' ? 45 : 0)),
      })),
    ]);
    expect(codes(await read('some-late', 60, pods))).toContain('some-late-samples');
  });
});
