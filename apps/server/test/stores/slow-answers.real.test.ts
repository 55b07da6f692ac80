// Quantiles of what is slow throughout: the buckets below are empty, and say where the one that is full begins. Each as a
// real Prometheus computes it.

import { PROXY_BOUNDS_MS } from '@latchwork/figures/latency';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toGraph } from '../../src/mesh/graph.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { accountId, from, GOOD, secured, to } from '../inputs/mesh-of.ts';
import { scrapes } from '../inputs/written-pod.ts';
import { startWrittenStore, type WrittenStore } from '../inputs/written-store.ts';

const NOW = Math.floor(Date.now() / 1000) - 10;
const TIMES = scrapes(NOW - 600, NOW, 10);
const CLUSTER = 'slow';
const OUT = { direction: 'outbound', ...from('shop/web'), ...to('shop/api'), ...secured('shop/api') };
const IN = {
  ...{ direction: 'inbound', ...from('shop/api'), target_port: '8080', route_name: 'default' },
  ...{ tls: 'true', client_id: accountId('web', 'shop') },
};

let store: WrittenStore;
let mesh: Mesh;

/** Two a second, each of which takes between four and five seconds. */
function slowCalls(pod: string, own: Record<string, string>) {
  const labels = { cluster: CLUSTER, pod, instance: pod };
  const counted = TIMES.map((at) => [at, 2 * (at - NOW + 9000)] as const);
  const none = TIMES.map((at) => [at, 0] as const);
  return [
    {
      labels: { ...labels, ...own, __name__: 'proxy_build_info' },
      samples: TIMES.map((at) => [at, 1] as const),
    },
    { labels: { ...labels, ...own, ...GOOD, __name__: 'response_total' }, samples: counted },
    ...[...PROXY_BOUNDS_MS, Number.POSITIVE_INFINITY].map((bound) => ({
      labels: {
        ...{ ...labels, ...own, __name__: 'response_latency_ms_bucket', status_code: '200' },
        le: Number.isFinite(bound) ? String(bound) : '+Inf',
      },
      samples: bound < 5000 ? none : counted,
    })),
  ];
}

beforeAll(async () => {
  store = await startWrittenStore();
  await store.write([...slowCalls('web-1', OUT), ...slowCalls('api-1', IN)]);
  mesh = await store.read(CLUSTER, NOW, 60);
});
afterAll(() => store?.stop());

it.each([
  ['inbound', 0.5, 'p50Ms'],
  ['inbound', 0.95, 'p95Ms'],
  ['outbound', 0.5, 'p50Ms'],
  ['outbound', 0.99, 'p99Ms'],
] as const)('are those of histogram_quantile: %s, %f', async (direction, share, name) => {
  const text = `histogram_quantile(${share}, sum by (le) (rate(response_latency_ms_bucket{direction="${direction}"}[60s])))`;
  const [right] = await store.client.query(text, { atSeconds: NOW, tier: 'test' });
  const { nodes, edges } = toGraph(mesh, { namespaces: [], noise: 'hide' });
  const api = nodes.find(({ id }) => id === 'shop/deployment/api');
  const golden = direction === 'outbound' ? edges[0]?.http : api?.type === 'workload' ? api.golden : null;
  expect(right?.value).toBeGreaterThan(4000);
  expect(golden?.[name]).toBeCloseTo(right?.value as number, 3);
});
