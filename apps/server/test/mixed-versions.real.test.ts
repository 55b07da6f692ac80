// Whole pages of four proxy versions that ran side by side (Linkerd 2.15, 2.16, 2.18 and after 2.20), scraped as one mesh
// by a real Prometheus, and the same under the labels that other people's scrape configurations and pods give them.

import type { Edge } from '@latchwork/shared/edge';
import type { WorkloadNode } from '@latchwork/shared/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../src/mesh/graph.ts';
import { readSample, type SampleTarget } from './inputs/sample-target.ts';
import { type ScrapedSamples, scrapeSamples } from './inputs/scraped-samples.ts';

const GATEWAY = readSample('full/proxy-v2.366.0-storefront-gateway');
const WEB = readSample('full/proxy-v2.221.0-storefront-web');
const CHECKOUT = readSample('full/proxy-v2.246.0-fulfilment-checkout');
const ORDERS = readSample('full/proxy-v2.294.0-fulfilment-orders');

let count = 0;
function target(mesh: string, text: string, labels: Record<string, string>): SampleTarget {
  return { id: `proxy-${count++}`, text, labels: { mesh, ...labels } };
}
const gateway = { namespace: 'storefront', deployment: 'gateway', pod: 'gateway-1' };
const web = { namespace: 'storefront', deployment: 'web', pod: 'web-1' };
const checkout = { namespace: 'fulfilment', deployment: 'checkout', pod: 'checkout-1' };
const orders = { namespace: 'fulfilment', deployment: 'orders', pod: 'orders-1' };
/** As Prometheus 3 stores the bounds of the legacy histograms. */
const floatBounds = (text: string) => text.replace(/le="(\d+)"/g, 'le="$1.0"');
const everyRowTwice = (text: string) => text.replace(/^(\w+\{.*\} .*)$/gm, '$1\n$1');
const withoutTls = (text: string) =>
  text.replace(/(?<=[{,])(tls|no_tls_reason|server_id|client_id)="[^"]*",?/g, '').replaceAll(',}', '}');

/** Builds of which no series says its target. */
const withoutTarget = (text: string) =>
  text.replace(/(?<=[{,])target_(addr|ip|port)="[^"]*",?/g, '').replaceAll(',}', '}');
const fewBounds = (text: string) => text.replace(/^.*le="(?!(?:10{1,4}|\+Inf)")[^"]*".*\n/gm, '');

const TARGETS = [
  target('shop', GATEWAY, gateway),
  target('shop', WEB, web),
  target('shop', CHECKOUT, checkout),
  target('shop', ORDERS, orders),
  target('two forms of bounds', WEB, web),
  target('two forms of bounds', floatBounds(WEB), { ...web, pod: 'web-2' }),
  target('two replicas', GATEWAY, { ...gateway, instance: 'gateway', prometheus_replica: 'a' }),
  target('two replicas', GATEWAY, { ...gateway, instance: 'gateway', prometheus_replica: 'b' }),
  target('two clusters', GATEWAY, { ...gateway, cluster: 'east' }),
  target('two clusters', WEB, { ...web, cluster: 'west' }),
  target('rows twice', everyRowTwice(GATEWAY), gateway),
  target('no tls label', withoutTls(GATEWAY), gateway),
  target('no namespace', ORDERS, { deployment: 'orders', pod: 'orders-1' }),
  target('no target', withoutTarget(ORDERS), orders),
  target('few bounds', fewBounds(ORDERS), orders),
  target('namespace of the user', GATEWAY, { ...gateway, namespace: 'team-a', workload_ns: 'storefront' }),
  target('no owner', ORDERS, { namespace: 'fulfilment', pod: 'orders-1' }),
  target('a cron job', ORDERS, { namespace: 'fulfilment', k8s_job: 'orders-29301', pod: 'orders-29301-x' }),
  target('a rollout', ORDERS, { namespace: 'fulfilment', replicaset: 'orders-6d5', pod: 'orders-6d5-x' }),
  target('labels of the user', GATEWAY, { ...gateway, version: 'v7', app: 'gw', direction_of_team: 'x' }),
];

let samples: ScrapedSamples;
beforeAll(async () => {
  samples = await scrapeSamples(TARGETS);
});
afterAll(() => samples?.stop());

async function read(mesh: string, ...more: readonly string[]) {
  const graph = toGraph(await samples.read(`mesh="${mesh}"`, ...more), { namespaces: [], noise: 'hide' });
  const edges = new Map(graph.edges.map((edge) => [`${edge.source} → ${edge.target}`, edge]));
  const node = (id: string) => graph.nodes.find((one) => one.id === id) as WorkloadNode | undefined;
  return { graph, edges, node, codes: graph.diagnoses.map(({ code }) => code) };
}

/** A page's counter of N grows by N a minute. */
function near(perSecond: number | null | undefined, perMinute: number, what: string): void {
  const actual = (perSecond ?? Number.NaN) * 60;
  expect(
    Math.abs(actual - perMinute) <= 0.1 * perMinute,
    `${what}: ${actual} is not about ${perMinute} a minute`,
  ).toBe(true);
}

/** `[requests, successRate]`, from the raw pages; all secured. */
const SECURED: Record<string, readonly [number, number]> = {
  'storefront/deployment/gateway → storefront/deployment/web': [3254, 3240 / 3254],
  'storefront/deployment/gateway → backoffice/deployment/web': [68, 1],
  'storefront/deployment/web → storefront/deployment/catalog': [997, 1],
  'storefront/deployment/web → storefront/deployment/catalog-canary': [122, 119 / 122],
  'storefront/deployment/web → storefront/deployment/reviews': [795, 729 / 795],
  'storefront/deployment/web → storefront/deployment/search': [195, 1],
  'storefront/deployment/web → fulfilment/deployment/checkout': [202, 194 / 202],
  'fulfilment/deployment/checkout → fulfilment/deployment/orders': [362, 1],
  'fulfilment/deployment/checkout → fulfilment/deployment/payments': [656, 652 / 656],
  'fulfilment/deployment/checkout → fulfilment/deployment/shipping': [377, 362 / 377],
  // Counted by its target: of that caller no proxy is scraped here.
  'external:identity/web.backoffice → fulfilment/deployment/orders': [280, 1],
};
const NO_IDENTITY = 'not_provided_by_service_discovery';
/** `[requests, securedShare, reason]`. */
const EXPOSED: Record<string, readonly [number, number, string]> = {
  'unmeshed:storefront/deployment/gateway → storefront/deployment/gateway': [3322, 0, 'no_tls_from_remote'],
  'storefront/deployment/web → storefront/deployment/cart': [461, 164 / 461, NO_IDENTITY],
  'storefront/deployment/web → external:203.0.113.10:80': [46, 0, NO_IDENTITY],
  'fulfilment/deployment/checkout → external:203.0.113.10:80': [135, 0, NO_IDENTITY],
  'fulfilment/deployment/orders → legacy/deployment/erp': [186, 0, NO_IDENTITY],
};
/** `[openConnections, lock]`. */
const TCP: Record<string, readonly [number, string]> = {
  'fulfilment/deployment/checkout → fulfilment/statefulset/broker': [2, 'secured'],
  'fulfilment/deployment/checkout → external:203.0.113.10:443': [3, 'plaintext'],
  'fulfilment/deployment/orders → fulfilment/statefulset/ledger': [4, 'secured'],
};

describe('a mesh of four versions', () => {
  let shop: Awaited<ReturnType<typeof read>>;
  beforeAll(async () => {
    shop = await read('shop');
  });
  const edge = (key: string) => shop.edges.get(key) as Edge;

  it('has every edge and no other', () => {
    const wanted = [SECURED, EXPOSED, TCP].flatMap((edges) => Object.keys(edges));
    expect([...shop.edges.keys()].sort()).toEqual(wanted.sort());
  });

  it('has the lock of requests, whatever the version that counted them', () => {
    for (const [key, [requests, successRate]] of Object.entries(SECURED)) {
      near(edge(key).http?.rps, requests, key);
      expect(Math.abs(edge(key).http!.successRate! - successRate), key).toBeLessThan(0.05);
      expect(edge(key).lock, key).toMatchObject({ state: 'secured', securedShare: 1, reasons: [] });
    }
    for (const [key, [requests, share, reason]] of Object.entries(EXPOSED)) {
      near(edge(key).http?.rps, requests, key);
      expect(edge(key).lock.state, key).toBe(share > 0 ? 'mixed' : 'plaintext');
      expect(Math.abs(edge(key).lock.securedShare! - share), key).toBeLessThan(0.05);
      expect(
        edge(key).lock.reasons.map((entry) => entry.reason),
        key,
      ).toEqual([reason]);
    }
  });

  it('has TCP edges with the lock of their connections', () => {
    for (const [key, [open, lock]] of Object.entries(TCP)) {
      expect(edge(key), key).toMatchObject({
        http: null,
        tcp: { openConnections: open },
        lock: { state: lock },
      });
    }
  });

  it('has what workloads received, their quantiles inside the right buckets, and what they refused', () => {
    const golden: Record<string, readonly [number, ...(readonly [number, number])[]]> = {
      'storefront/deployment/gateway': [3322, [40, 50], [500, 1000], [2000, 3000]],
      'storefront/deployment/web': [1787, [40, 50], [500, 1000], [1000, 2000]],
      'fulfilment/deployment/checkout': [362, [100, 200], [300, 400], [500, 1000]],
      'fulfilment/deployment/orders': [642, [10, 20], [200, 300], [500, 1000]],
    };
    for (const [id, [requests, ...ranges]] of Object.entries(golden)) {
      const { rps, p50Ms, p95Ms, p99Ms } = shop.node(id)!.golden!;
      near(rps, requests, id);
      for (const [index, value] of [p50Ms, p95Ms, p99Ms].entries()) {
        const [low, high] = ranges[index] as readonly [number, number];
        expect(value, id).toBeGreaterThanOrEqual(low);
        expect(value, id).toBeLessThanOrEqual(high);
      }
    }
    near(shop.node('fulfilment/deployment/orders')?.denied, 298, 'orders denied');
    expect(shop.node('storefront/deployment/web')?.denied).toBe(0);
  });

  it('says which proxies are too old to count calls that reached no endpoint', () => {
    expect(shop.codes).toEqual(['old-proxies']);
    expect(shop.graph.diagnoses[0]?.what).toMatch(/^1 of 4 proxies/);
  });

  it('knows the scrape interval though half of the proxies print no clock', () => {
    expect(shop.graph.scrapeIntervalSeconds).toBe(1);
    expect(shop.graph.windowSeconds).toBe(10);
  });
});

describe('the same pages under other labels', () => {
  it('reads bounds as numbers: `1` and `1.0` are one bucket (truth rule 7)', async () => {
    const { node } = await read('two forms of bounds');
    const { rps, p50Ms, p95Ms, p99Ms } = node('storefront/deployment/web')!.golden!;
    near(rps, 2 * 1787, 'web');
    expect([p50Ms! > 40 && p50Ms! < 50, p95Ms! > 500 && p95Ms! < 1000]).toEqual([true, true]);
    expect(p99Ms).toBeLessThanOrEqual(2000);
  });

  it('counts what replicas store once, says so, and takes a replica that was chosen', async () => {
    const both = await read('two replicas');
    expect(both.codes).toEqual(['stored-twice']);
    near(both.node('storefront/deployment/gateway')?.golden?.rps, 3322, 'gateway');
    const { codes, node } = await read('two replicas', 'prometheus_replica="b"');
    expect(codes).toEqual([]);
    near(node('storefront/deployment/gateway')?.golden?.rps, 3322, 'gateway');
  });

  it('shows one cluster of several with a matcher', async () => {
    const { graph } = await read('two clusters', 'cluster="west"');
    expect(graph.edges.length).toBeGreaterThan(5);
    expect(graph.nodes.map(({ id }) => id)).not.toContain('storefront/deployment/gateway');
  });

  it('survives a proxy that prints its series twice', async () => {
    const { edges } = await read('rows twice');
    near(edges.get('storefront/deployment/gateway → storefront/deployment/web')?.http?.rps, 3254, 'web');
  });

  it('calls locks unknown where the label tls is missing, and makes up no unmeshed caller', async () => {
    const { graph, codes } = await read('no tls label');
    expect(codes).toContain('no-tls-label');
    expect(graph.edges.map(({ lock }) => lock.state)).toEqual(['unknown', 'unknown']);
    expect(graph.nodes.filter(({ type }) => type === 'unmeshed')).toEqual([]);
  });

  it.each([
    ['no owner', 'fulfilment/pod/orders-1'],
    ['a cron job', 'fulfilment/job/orders-29301'],
    ['a rollout', 'fulfilment/replicaset/orders-6d5'],
  ])('finds the workload: %s', async (mesh, id) => {
    const { edges, node } = await read(mesh);
    near(edges.get(`${id} → legacy/deployment/erp`)?.http?.rps, 186, id);
    near(node(id)?.golden?.rps, 642, id);
    near(node(id)?.denied, 298, id);
    expect(edges.get(`${id} → fulfilment/statefulset/ledger`)?.tcp?.openConnections).toBe(4);
  });

  it('says which labels are missing where none names a namespace (truth rule 9)', async () => {
    const { graph, codes } = await read('no namespace');
    expect(graph.nodes).toEqual([]);
    expect(codes).toContain('missing-labels');
  });

  it('tells scrapes by the port of the Server, and outside by its authority, without target labels', async () => {
    const { edges, node, graph } = await read('no target');
    near(node('fulfilment/deployment/orders')?.golden?.rps, 642, 'orders');
    expect(edges.get('fulfilment/deployment/orders → legacy/deployment/erp')?.lock.state).toBe('plaintext');
    expect(graph.edges.length).toBe(4);
  });

  it('reads latencies from what buckets there are', async () => {
    const { p50Ms, p95Ms } = (await read('few bounds')).node('fulfilment/deployment/orders')!.golden!;
    expect([p50Ms! > 10 && p50Ms! < 100, p95Ms! > 100 && p95Ms! < 1000]).toEqual([true, true]);
  });

  it('says which pods are stored under another namespace than theirs', async () => {
    const { graph } = await read('namespace of the user');
    expect(graph.diagnoses).toMatchObject([
      { code: 'namespace-overwritten', what: expect.stringContaining('run in storefront') },
    ]);
  });

  it('is not confused by pod labels of the user', async () => {
    const { edges, codes } = await read('labels of the user');
    near(edges.get('storefront/deployment/gateway → storefront/deployment/web')?.http?.rps, 3254, 'web');
    expect(codes).toEqual([]);
  });
});
