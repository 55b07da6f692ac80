// Stores that keep less of some proxies than of others, or of all of them together: no number of theirs is taken for whole. Each
// through a real Prometheus.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WrittenSeries } from '../../../../scripts/remote-write.ts';
import { from } from '../inputs/mesh-of.ts';
import { scrapes } from '../inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from '../inputs/written-store.ts';

const NOW = Math.floor(Date.now() / 1000) - 10;
const TIMES = scrapes(NOW - 600, NOW, 10);
const OF_SCRAPES = { direction: 'inbound', target_port: '4191', tls: 'no_identity', route_name: 'default' };
const OF_REQUESTS = { ...OF_SCRAPES, target_port: '8080' };
const ENDED = { classification: 'success', status_code: '200' };
const FAMILIES = [
  { __name__: 'proxy_build_info' },
  ...[OF_SCRAPES, OF_REQUESTS].flatMap((own) => [
    { ...own, __name__: 'request_total' },
    { ...own, ...ENDED, __name__: 'response_total' },
    { ...own, __name__: 'response_latency_ms_bucket', le: '10' },
    { ...own, __name__: 'response_latency_ms_bucket', le: '+Inf' },
    ...['open_total', 'open_connections', 'read_bytes_total', 'write_bytes_total'].map((name) => ({
      ...{ ...own, __name__: `tcp_${name}`, peer: 'src' },
    })),
  ]),
];

let store: WrittenStore;
beforeAll(async () => {
  store = await startWrittenStore();
});
afterAll(() => store?.stop());

function proxy(name: string, isKept: (family: string) => boolean): WrittenSeries[] {
  const labels = { ...from('shop/web'), pod: name, instance: name };
  return FAMILIES.filter(({ __name__: family }) => isKept(family)).map((own) => ({
    labels: { ...labels, ...own },
    samples: TIMES.map((at) => [at, at - NOW + 5000] as const),
  }));
}

async function gaps(cluster: string, series: readonly WrittenSeries[]) {
  await store.write(series.map((one) => ({ ...one, labels: { ...one.labels, cluster } })));
  const { diagnoses } = await store.read(cluster, NOW, 60);
  return diagnoses.filter(({ code }) => /^(not-stored:(request|response|tcp)|label-missing)/.test(code));
}

it.each([
  [/^response_total/, 'response_total'],
  [/^request_total/, 'request_total'],
  [/_bucket$/, 'response_latency_ms_bucket'],
  [/^tcp_/, 'tcp_open_total, tcp_open_connections, tcp_read_bytes_total, tcp_write_bytes_total'],
])('says which families are stored of some proxies alone: without %s', async (dropped, named) => {
  const whole = proxy('web-1', () => true);
  const found = await gaps(named.slice(0, 20), [...whole, ...proxy('web-2', (name) => !dropped.test(name))]);
  expect(found.map(({ what }) => what)).toEqual([
    `1 proxy in shop is stored without ${named}, which others have: what it counts there is missing from the numbers`,
  ]);
});

it('says nothing of a proxy that was just found', async () => {
  const young = proxy('web-2', (name) => name !== 'response_total').map(({ labels, samples }) => ({
    labels,
    samples: [...samples].filter(([at]) => at > NOW - 30),
  }));
  expect(await gaps('young', [...proxy('web-1', () => true), ...young])).toEqual([]);
});

it('says that sums of several proxies jump when one of them ends', async () => {
  const summed = proxy('web-1', () => true).map(({ labels, samples }) => {
    const { pod: _pod, instance: _instance, ...rest } = labels;
    return { labels: rest, samples };
  });
  expect((await gaps('summed', summed)).map(({ code }) => code)).toEqual(['label-missing:pod']);
});
