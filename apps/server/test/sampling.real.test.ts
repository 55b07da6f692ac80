// Numbers from samples that are few, late, new, gone or absurd, each through a real Prometheus.

import type { Edge } from '@latchwork/shared/edge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../src/mesh/graph.ts';
import type { Mesh } from '../src/mesh/mesh.ts';
import { accountId, BAD, from, GOOD, PLAIN_OUT, secured, to } from './inputs/mesh-of.ts';
import { type Happening, scrapes, steady, type WrittenPod, writtenPod } from './inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from './inputs/written-store.ts';

const NOW = Math.floor(Date.now() / 1000) - 10;
const WHOLE = { namespaces: [], noise: 'hide' } as const;
const OUT = { __name__: 'response_total', direction: 'outbound' };
const TO_API = { ...OUT, ...to('shop/api'), ...secured('shop/api') };
const IN = {
  __name__: 'response_total',
  direction: 'inbound',
  ...{ target_port: '8080', route_name: 'default', tls: 'true', client_id: accountId('web', 'shop') },
};

let store: WrittenStore;
beforeAll(async () => {
  store = await startWrittenStore();
});
afterAll(() => store?.stop());

function pod(workload: string, more: Pick<WrittenPod, 'scrapes' | 'happenings'> & Partial<WrittenPod>) {
  const name = `${workload.split('/')[1]}-1`;
  return { starts: [NOW - 100_000], ...more, labels: { ...from(workload), pod: name, instance: name } };
}

async function read(cluster: string, windowSeconds: number, pods: readonly WrittenPod[]): Promise<Mesh> {
  const named = pods.map((one) => ({ ...one, labels: { ...one.labels, cluster } }));
  await store.write(named.flatMap(writtenPod));
  return store.read(cluster, NOW, windowSeconds);
}

function edgesOf(mesh: Mesh): Map<string, Edge> {
  const { edges } = toGraph(mesh, WHOLE);
  return new Map(edges.map((edge) => [`${edge.source} > ${edge.target}`, edge]));
}

const WEB_TO_API = 'shop/deployment/web > shop/deployment/api';
const codes = ({ diagnoses }: Mesh) => diagnoses.map(({ code }) => code);
const SEEN = scrapes(NOW - 600, NOW, 10);

describe('a series that begins inside the window (truth rule 15)', () => {
  const once = (labels: Happening['labels'], count: number, at = NOW - 35): Happening => ({
    at,
    labels,
    count,
  });

  it('counts from nothing where its pod was scraped before: rare failures and rare plaintext', async () => {
    const mesh = await read('rare', 120, [
      pod('shop/web', {
        scrapes: SEEN,
        happenings: [
          ...steady({ ...TO_API, ...GOOD }, 5, NOW - 600, NOW),
          once({ ...TO_API, ...BAD }, 3),
          once({ ...OUT, ...to('shop/billing'), ...PLAIN_OUT, ...GOOD }, 1),
        ],
      }),
      pod('shop/api', {
        scrapes: SEEN,
        happenings: [...steady({ ...IN, ...GOOD }, 5, NOW - 600, NOW), once({ ...IN, ...BAD }, 3)],
      }),
    ]);
    const edges = edgesOf(mesh);
    expect(edges.get(WEB_TO_API)?.http).toMatchObject({ failures: 3, successRate: expect.closeTo(0.995, 3) });
    expect(edges.get('shop/deployment/web > shop/deployment/billing')).toMatchObject({
      http: { requests: 1, failures: 0 },
      lock: { state: 'plaintext' },
    });
    const api = mesh.picture(false).nodes.get('shop/deployment/api');
    expect(api).toMatchObject({ golden: { failures: 3 } });
  });

  it('counts where its process started inside the window: a Job that lived for one scrape', async () => {
    const mesh = await read('job', 120, [
      pod('shop/api', { scrapes: SEEN, happenings: steady({ ...IN, ...GOOD }, 1, NOW - 600, NOW) }),
      pod('shop/job', {
        starts: [NOW - 62],
        scrapes: [NOW - 57],
        happenings: [once({ ...TO_API, ...GOOD }, 6, NOW - 60)],
      }),
    ]);
    expect(edgesOf(mesh).get('shop/deployment/job > shop/deployment/api')?.http).toMatchObject({
      requests: 6,
    });
  });

  it('does not count what its pod had counted before it was scraped at all', async () => {
    const late = scrapes(NOW - 30, NOW, 10);
    const mesh = await read('unscraped', 120, [
      pod('shop/api', { scrapes: SEEN, happenings: steady({ ...IN, ...GOOD }, 1, NOW - 600, NOW) }),
      pod('shop/web', {
        scrapes: late,
        happenings: [
          once({ ...TO_API, ...GOOD }, 90_000, NOW - 9000),
          once({ ...TO_API, ...GOOD }, 4, NOW - 15),
        ],
      }),
    ]);
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.requests).toBeLessThanOrEqual(6);
  });

  it('does not count again what one scrape did not see', async () => {
    const gone = NOW - 120;
    const missed = SEEN.filter((at) => Math.abs(at - gone) > 5);
    const pods = [
      pod('shop/web', { scrapes: missed, happenings: steady({ ...TO_API, ...GOOD }, 5, NOW - 600, NOW) }),
    ].map((one) => ({ ...one, labels: { ...one.labels, cluster: 'missed' } }));
    // A target that does not answer ends all of its series until it does again.
    const series = pods.flatMap(writtenPod).map((one) => ({
      ...one,
      samples: [...one.samples, [gone, null] as [number, null]].sort(([a], [b]) => a - b),
    }));
    await store.write(series);
    const mesh = await store.read('missed', NOW, 120);
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(5, 0);
  });
});

describe('rare scrapes', () => {
  it.each([60, 120, 300])('widen the window to four of them: every %i s', async (interval) => {
    const begin = NOW - Math.min(3000, 20 * interval);
    const mesh = await read(`every-${interval}`, 60, [
      pod('shop/web', {
        scrapes: scrapes(begin, NOW - 7, interval),
        happenings: steady({ ...TO_API, ...GOOD }, 10, begin, NOW),
      }),
    ]);
    expect(mesh.windowSeconds).toBeGreaterThanOrEqual(4 * interval);
    expect(codes(mesh)).toContain('window-widened');
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(10, 0);
  });

  it('are none where all proxies missed some', async () => {
    const times = scrapes(NOW - 900, NOW - 3, 10).filter((at) => at < NOW - 500 || at > NOW - 120);
    const traffic = steady({ ...TO_API, ...GOOD }, 10, NOW - 900, NOW);
    const mesh = await read('a-gap', 60, [
      pod('shop/web', { scrapes: times, happenings: traffic }),
      pod('shop/cart', { scrapes: times, happenings: traffic }),
    ]);
    expect([mesh.windowSeconds, codes(mesh)]).toEqual([60, expect.not.arrayContaining(['window-widened'])]);
  });

  it('of some proxies beside others widen it, too: those would look idle', async () => {
    const begin = NOW - 1200;
    const traffic = steady({ ...TO_API, ...GOOD }, 10, begin, NOW);
    const mesh = await read('two-paces', 60, [
      pod('shop/web', { scrapes: scrapes(begin, NOW - 3, 10), happenings: traffic }),
      pod('shop/cart', { scrapes: scrapes(begin, NOW - 3, 10), happenings: traffic }),
      pod('shop/slow', { scrapes: scrapes(begin, NOW - 3, 60), happenings: traffic }),
    ]);
    expect(mesh.scrapeIntervalSeconds).toBe(10);
    expect(mesh.windowSeconds).toBeGreaterThanOrEqual(180);
    expect(mesh.diagnoses.find(({ code }) => code === 'window-widened')?.what).toContain('some proxies');
    expect(edgesOf(mesh).get('shop/deployment/slow > shop/deployment/api')?.http?.rps).toBeCloseTo(10, 0);
  });
});

describe('samples that arrive late (truth rule 16)', () => {
  it.each([30, 60, 300])(
    'are now: 10 a second in a window of %i s, and it is said',
    async (windowSeconds) => {
      const cluster = `late-${windowSeconds}`;
      const mesh = await read(cluster, windowSeconds, [
        pod('shop/web', {
          scrapes: scrapes(NOW - 600, NOW - 40, 5),
          happenings: steady({ ...TO_API, ...GOOD }, 10, NOW - 600, NOW - 40),
        }),
      ]);
      expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(10, 0);
      expect(codes(mesh)).toContain('late-samples');
      expect(mesh.windowSeconds).toBe(windowSeconds);
      expect(NOW - mesh.atSeconds).toBeGreaterThan(30);
    },
  );

  it('are now, even later than an instant query looks back', async () => {
    const mesh = await read('very-late', 60, [
      pod('shop/web', {
        scrapes: scrapes(NOW - 900, NOW - 330, 10),
        happenings: steady({ ...TO_API, ...GOOD }, 10, NOW - 900, NOW - 330),
      }),
    ]);
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(10, 0);
    expect(codes(mesh)).toContain('late-samples');
    expect(codes(mesh)).not.toContain('stale-data');
  });

  it('are over the time that has some, where the store began a moment before them', async () => {
    const mesh = await read('late-and-young', 60, [
      pod('shop/web', {
        scrapes: scrapes(NOW - 70, NOW - 40, 5),
        happenings: steady({ ...TO_API, ...GOOD }, 10, NOW - 900, NOW - 40),
      }),
    ]);
    expect(mesh.windowSeconds).toBeLessThan(40);
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(10, 0);
  });

  it('are in time when the last scrape was a moment ago', async () => {
    const mesh = await read('in-time', 60, [
      pod('shop/web', { scrapes: SEEN, happenings: steady({ ...TO_API, ...GOOD }, 10, NOW - 600, NOW) }),
    ]);
    expect(mesh.atSeconds).toBe(NOW);
    expect(codes(mesh)).not.toContain('late-samples');
  });
});

describe('the interval', () => {
  const happenings = [
    ...steady({ ...TO_API, ...GOOD }, 2, NOW - 900, NOW),
    ...steady({ ...IN, ...GOOD }, 2, NOW - 900, NOW),
  ];

  it('is measured from any family, and rare scrapes widen the window (truth rule 6)', async () => {
    const without = ['proxy_build_info', 'process_start_time_seconds'];
    const mesh = await read('allow-list', 60, [
      pod('shop/web', { scrapes: scrapes(NOW - 900, NOW, 60), happenings, without }),
    ]);
    expect(mesh).toMatchObject({ scrapeIntervalSeconds: 60, windowSeconds: 240 });
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(2, 0);
  });

  it('that cannot be known is said, with the window that was taken', async () => {
    const mesh = await read('unknown', 60, [pod('shop/web', { scrapes: [NOW - 8, NOW - 2], happenings })]);
    expect(codes(mesh)).toContain('interval-unknown');
    // All that there is, and no longer: 2 a second is not 0.3.
    expect(mesh.windowSeconds).toBeLessThanOrEqual(10);
  });
});

describe('a window longer than the data (truth rule 17)', () => {
  const began = NOW - 1500;
  const web = pod('shop/web', {
    scrapes: scrapes(began, NOW, 10),
    happenings: steady({ ...TO_API, ...GOOD }, 4, began - 500, NOW),
  });

  it.each([60, 3600, 86_400])(
    'gives the same rate over %i s, and says how much of it is known',
    async (window) => {
      const mesh = await read(`young-${window}`, window, [web]);
      expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(4, 0);
      expect(codes(mesh).includes('window-shortened')).toBe(window > 1500);
      expect(mesh.windowSeconds).toBeLessThanOrEqual(1501);
    },
  );

  it.each([3600, 21_600, 86_400])(
    'is no longer than a store that began two minutes ago remembers: %i s',
    async (window) => {
      const began = NOW - 125;
      const mesh = await read(`newborn-${window}`, window, [
        pod('shop/web', {
          scrapes: scrapes(began, NOW, 10),
          happenings: steady({ ...TO_API, ...GOOD }, 4, NOW - 1500, NOW),
        }),
      ]);
      expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(4, 0);
      expect(mesh.windowSeconds).toBeGreaterThan(110);
      expect(mesh.windowSeconds).toBeLessThanOrEqual(126);
      expect(codes(mesh)).toContain('window-shortened');
    },
  );

  it('counts a pod that came late for what it did in the window', async () => {
    const came = NOW - 150;
    const mesh = await read('came-late', 600, [
      pod('shop/api', { scrapes: SEEN, happenings: steady({ ...IN, ...GOOD }, 1, NOW - 600, NOW) }),
      pod('shop/web', {
        starts: [came],
        scrapes: scrapes(came + 5, NOW, 10),
        happenings: steady({ ...TO_API, ...GOOD }, 4, came, NOW),
      }),
    ]);
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.requests).toBeGreaterThan(560);
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.requests).toBeLessThan(640);
  });
});

describe('values that no proxy counts (truth rule 21)', () => {
  it.each([
    ['1e308', 1e308],
    ['infinite', Number.POSITIVE_INFINITY],
    ['no number', Number.NaN],
    ['negative', -1e12],
  ])('are left out, and their pod is named: %s', async (name, value) => {
    const cluster = `absurd-${name.replace(' ', '-')}`;
    const good = pod('shop/web', {
      scrapes: SEEN,
      happenings: steady({ ...TO_API, ...GOOD }, 5, NOW - 600, NOW),
    });
    const bad = {
      ...{ cluster, pod: 'web-2', instance: 'web-2', ...from('shop/web'), ...TO_API, ...GOOD },
    };
    await store.write([
      {
        labels: bad,
        samples: SEEN.map((at) => [at, at > NOW - 25 ? value : 100 + at - NOW + 600] as [number, number]),
      },
    ]);
    const mesh = await read(cluster, 60, [good]);
    expect(edgesOf(mesh).get(WEB_TO_API)?.http?.rps).toBeCloseTo(5, 0);
    expect(JSON.stringify(toGraph(mesh, WHOLE))).not.toMatch(/e\+\d/);
    const found = mesh.diagnoses.find(({ code }) => code === 'implausible-values');
    expect(found?.what).toContain('shop/web-2');
  });
});
