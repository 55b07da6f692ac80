// Two proxies whose pages are stored as other people store them: families, sides, bounds and labels dropped, pushed aside or
// renamed. What a real Prometheus makes of them is right, or said.

import type { WorkloadNode } from '@latchwork/shared/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../src/mesh/graph.ts';
import { readSample, type SampleTarget } from './inputs/sample-target.ts';
import { type ScrapedSamples, scrapeSamples } from './inputs/scraped-samples.ts';

const GATEWAY = readSample('full/proxy-v2.366.0-storefront-gateway');
const CHECKOUT = readSample('full/proxy-v2.246.0-fulfilment-checkout');
const gateway = { namespace: 'storefront', deployment: 'gateway', pod: 'gateway-1' };
const checkout = { namespace: 'fulfilment', deployment: 'checkout', pod: 'checkout-1' };

let count = 0;
function target(mesh: string, text: string, labels: Record<string, string>): SampleTarget {
  return { id: `proxy-${count++}`, text, labels: { mesh, ...labels } };
}

type Change = (text: string) => string;

/** Both proxies, their pages changed as a store would. */
function both(mesh: string, change: Change, more: Record<string, string> = {}): SampleTarget[] {
  return [
    target(mesh, change(GATEWAY), { ...gateway, ...more }),
    target(mesh, change(CHECKOUT), { ...checkout, ...more }),
  ];
}

const same: Change = (text) => text;
const rows =
  (keep: (row: string) => boolean): Change =>
  (text) =>
    text
      .split('\n')
      .filter((row) => row === '' || row.startsWith('#') || keep(row))
      .join('\n');
const dropping = (pattern: RegExp) => rows((row) => !pattern.test(row));
const withoutLabel =
  (label: string): Change =>
  (text) =>
    text
      .replace(new RegExp(`(?<=[{,])${label}="[^"]*",?`, 'g'), '')
      .replaceAll(',}', '}')
      .replaceAll('{}', '');
const LE = /[{,]le="([^"]*)"/;
const bounds = (kept: readonly string[]) =>
  rows((row) => !LE.test(row) || kept.includes(LE.exec(row)?.[1] as string));
/** As another Prometheus hands them on: its own labels on the target, those of the proxies in the rows. */
const federated =
  (labels: Record<string, string>): Change =>
  (text) => {
    const own = Object.entries(labels)
      .map(([name, value]) => `${name}="${value}"`)
      .join(',');
    return text.replace(/^(\w+)(?:\{(.*)\})? (\S+)$/gm, (_, name, more, value) => {
      return `${name}{${own}${more ? `,${more}` : ''}} ${value}`;
    });
  };
const monitoring = { namespace: 'monitoring', pod: 'prometheus-0' };

const TARGETS = [
  ...both('whole', same),
  ...both(
    'arrivals only',
    rows((row) => !/direction="outbound"|^outbound_/.test(row)),
  ),
  ...both(
    'departures only',
    rows((row) => !/direction="inbound"|^inbound_/.test(row)),
  ),
  ...both('no buckets', dropping(/_bucket\{/)),
  ...both('no last bucket', dropping(/le="\+Inf"/)),
  ...both('few bounds', bounds(['10', '50', '100', '500', '1000', '10000', '30000', '+Inf'])),
  target('uneven bounds', GATEWAY, gateway),
  target('uneven bounds', bounds(['10', '100', '1000', '10000', '+Inf'])(GATEWAY), {
    ...gateway,
    pod: 'gateway-2',
  }),
  target('one without a last bucket', GATEWAY, gateway),
  target('one without a last bucket', dropping(/le="\+Inf"/)(GATEWAY), { ...gateway, pod: 'gateway-2' }),
  ...both('no responses', dropping(/^response_total/)),
  ...both('no responses that arrive', dropping(/^response_total\{.*direction="inbound"/)),
  ...both('no callees', withoutLabel('dst_\\w+')),
  ...both('no owners of callees', withoutLabel('dst_(?!namespace|service|pod|control)\\w+')),
  ...both('no Services', withoutLabel('dst_service')),
  ...both('no opens', dropping(/^tcp_open_total/)),
  ...both('no routes', dropping(/^outbound_/)),
  ...both('no policy', dropping(/^inbound_/)),
  ...both('no versions', dropping(/^proxy_build_info/)),
  ...both('no classification', withoutLabel('classification')),
  ...both('no direction', withoutLabel('direction')),
  ...both('no server id', withoutLabel('server_id')),
  ...both('no client id', withoutLabel('client_id')),
  target('labels of pods', GATEWAY, { ...gateway, tls: 'enabled', team: 'web' }),
  target('labels of pods', CHECKOUT, checkout),
  target('peers of pods', GATEWAY, { ...gateway, peer: 'org1' }),
  target('peers of pods', CHECKOUT, checkout),
  ...both('directions of all pods', same, { direction: 'north' }),
  target('federated', federated(gateway)(GATEWAY) + federated(checkout)(CHECKOUT), monitoring),
  target('another scheme', GATEWAY, {
    k8s_namespace_name: 'storefront',
    k8s_deployment_name: 'gateway',
    k8s_pod_name: 'gateway-1',
  }),
  target('another scheme', CHECKOUT, {
    k8s_namespace_name: 'fulfilment',
    k8s_pod_name: 'checkout-1',
    linkerd_io_proxy_deployment: 'checkout',
  }),
  ...both('two clusters', same, { cluster: 'east' }),
  ...inCluster('two clusters', { cluster: 'west' }),
  ...both('three clusters', same, { dc: 'a' }),
  ...inCluster('three clusters', { dc: 'b' }),
  ...inCluster('three clusters', { dc: 'c' }, '-c'),
  ...both('one cluster is named', same),
  ...inCluster('one cluster is named', { k8s_cluster_name: 'west' }),
  // As clusters have whose pods have the addresses and the names of each other.
  ...both('clusters with equal pods', same, { cluster: 'east', instance: '10.0.0.1:4191' }),
  ...both('clusters with equal pods', same, { cluster: 'west', instance: '10.0.0.1:4191' }),
  ...inScheme('clusters of another scheme', 'east'),
  ...inScheme('clusters of another scheme', 'west', '-b'),
  // Labels of an operator's pods, and of a node.
  ...both('an operator', same, { topology_kubernetes_io_region: 'a' }),
  target('an operator', GATEWAY, {
    ...gateway,
    pod: 'gateway-2',
    topology_kubernetes_io_region: 'b',
  }),
  ...['kafka-0', 'kafka-1'].map((pod) =>
    target('an operator', CHECKOUT, {
      ...{ namespace: 'fulfilment', pod, strimzi_io_cluster: pod },
      strimzi_io_controller_name: 'events-kafka',
    }),
  ),
  ...both('zones', same, { zone: 'a', team: 'x' }),
  target('zones', GATEWAY, { ...gateway, pod: 'gateway-2', zone: 'b', team: 'x' }),
  ...both('replicas of two clusters', same, { cluster: 'east', instance: 'a', prometheus_replica: 'p-0' }),
  ...both('replicas of two clusters', same, { cluster: 'east', instance: 'a', prometheus_replica: 'p-1' }),
  ...both('replicas of two clusters', same, { cluster: 'west', instance: 'b', prometheus_replica: 'p-0' }),
  ...both('scraped by two jobs', same, { instance: 'a', scrape: 'pods' }),
  target('scraped by two jobs', GATEWAY, { ...gateway, instance: 'a', scrape: 'proxies' }),
];

/** Both proxies once more, with the pods of another cluster. */
function inCluster(mesh: string, more: Record<string, string>, end = '-b'): SampleTarget[] {
  return [
    target(mesh, GATEWAY, { ...gateway, pod: `gateway${end}`, ...more }),
    target(mesh, CHECKOUT, { ...checkout, pod: `checkout${end}`, ...more }),
  ];
}

/** As a collector of OpenTelemetry names them. */
function inScheme(mesh: string, cluster: string, end = ''): SampleTarget[] {
  const page = (text: string, namespace: string, name: string) =>
    target(mesh, text, {
      k8s_cluster_name: cluster,
      k8s_namespace_name: namespace,
      k8s_deployment_name: name,
      k8s_pod_name: `${name}${end}`,
    });
  return [page(GATEWAY, 'storefront', 'gateway'), page(CHECKOUT, 'fulfilment', 'checkout')];
}

let samples: ScrapedSamples;
beforeAll(async () => {
  samples = await scrapeSamples(TARGETS);
});
afterAll(() => samples?.stop());

async function read(mesh: string) {
  const graph = toGraph(await samples.read(`mesh="${mesh}"`), { namespaces: [], noise: 'hide' });
  const edges = new Map(graph.edges.map((edge) => [`${edge.source} → ${edge.target}`, edge]));
  const node = (id: string) => graph.nodes.find((one) => one.id === id) as WorkloadNode | undefined;
  return { graph, edges, node, codes: graph.diagnoses.map(({ code }) => code) };
}

const GATEWAY_ID = 'storefront/deployment/gateway';
const CHECKOUT_ID = 'fulfilment/deployment/checkout';
const TO_WEB = `${GATEWAY_ID} → storefront/deployment/web`;

/** The same pages, but not scraped in the same moment. */
function near(actual: number | null | undefined, expected: number, what: string): void {
  const off = Math.abs((actual ?? Number.NaN) - expected);
  expect(off <= 0.1 * expected, `${what}: ${actual} is not about ${expected}`).toBe(true);
}

async function expectSame(mesh: string) {
  const [whole, other] = await Promise.all([read('whole'), read(mesh)]);
  expect([...other.edges.keys()]).toEqual([...whole.edges.keys()]);
  for (const [key, { http, lock }] of whole.edges) {
    expect(other.edges.get(key)?.lock.state, key).toBe(lock.state);
    if (http) near(other.edges.get(key)?.http?.rps, http.rps, key);
  }
  const rps = (found: typeof whole) => [GATEWAY_ID, CHECKOUT_ID].map((id) => found.node(id)?.golden?.rps);
  for (const [i, value] of rps(whole).entries()) near(rps(other)[i], value as number, 'golden');
  return other;
}

describe('what a store lacks', () => {
  it('is nothing where it holds all', async () => {
    const { codes, node } = await read('whole');
    expect(codes).toEqual([]);
    expect(node(GATEWAY_ID)?.golden?.p95Ms).toBeGreaterThan(0);
  });

  it('may be what leaves: callers are known by their identity', async () => {
    const { codes, edges, graph } = await read('arrivals only');
    expect(codes).toContain('outbound-not-stored');
    expect([...edges.keys()]).toContain(`external:identity/web.storefront → ${CHECKOUT_ID}`);
    expect(graph.nodes.filter((one) => one.type === 'external' && one.what === 'host')).toEqual([]);
  });

  it('may be what arrives: a callee is known by its callers, and nothing is said of what it refused', async () => {
    const { codes, node, edges } = await read('departures only');
    expect(codes).toContain('inbound-not-stored');
    expect(node(GATEWAY_ID)).toMatchObject({ golden: null, denied: null });
    expect(edges.get(TO_WEB)?.http?.rps).toBeGreaterThan(10);
  });

  it.each([
    ['no buckets', 'latency-not-stored'],
    ['no opens', 'not-stored:tcp_open_total:outbound'],
    ['no routes', 'not-stored:outbound_http_route_request_statuses_total'],
    ['no policy', 'not-stored:inbound_http_authz_deny_total'],
    ['no versions', 'not-stored:proxy_build_info'],
    ['no server id', 'label-missing:server_id'],
    ['no client id', 'label-missing:client_id'],
    ['no direction', 'label-missing:direction'],
  ])('is named: %s', async (mesh, code) => {
    expect((await read(mesh)).codes).toContain(code);
  });

  it('may be all responses: requests say how many there are, and nobody how they end', async () => {
    const { codes, node, edges, graph } = await expectSame('no responses');
    expect(codes).toEqual(['not-stored:response_total']);
    expect(graph.diagnoses[0]).toMatchObject({
      severity: 'warn',
      what: expect.stringContaining('rates are those of requests (request_total)'),
      manifest: expect.stringContaining('(request|response|tcp)_.+'),
    });
    expect(node(GATEWAY_ID)?.golden).toMatchObject({ successRate: null, p95Ms: expect.any(Number) });
    expect(edges.get(TO_WEB)?.http?.successRate).toBeNull();
  });

  it('may be the responses that workloads send, while their callers count what they get', async () => {
    const { codes, node, edges } = await expectSame('no responses that arrive');
    expect(codes).toEqual(['not-stored:response_total:inbound']);
    expect(node(GATEWAY_ID)?.golden?.successRate).toBeNull();
    expect(edges.get(TO_WEB)?.http?.successRate).toBeGreaterThan(0.9);
  });

  it.each([
    ['no callees', ['label-missing:dst_namespace']],
    // None of the pods that are called is scraped here: they may as well have no owner.
    ['no owners of callees', []],
    ['no Services', ['label-missing:dst_service']],
  ])('is one finding: %s', async (mesh, codes) => {
    expect((await read(mesh)).codes).toEqual(codes);
  });

  it('may be whether calls succeed, which is then unknown and not a failure', async () => {
    const { codes, node, edges } = await read('no classification');
    expect(codes).toContain('label-missing:classification');
    expect(node(GATEWAY_ID)?.golden).toMatchObject({ successRate: null, rps: expect.any(Number) });
    expect(edges.get(TO_WEB)?.http?.successRate).toBeNull();
  });
});

describe('latencies of a store whose histograms are not whole', () => {
  it('read the count in place of the last bucket', async () => {
    const [whole, other] = await Promise.all([read('whole'), read('no last bucket')]);
    expect(other.codes).toEqual(['last-bucket-not-stored']);
    for (const quantile of ['p50Ms', 'p95Ms'] as const)
      expect(other.node(GATEWAY_ID)?.golden?.[quantile]).toBeCloseTo(
        whole.node(GATEWAY_ID)?.golden?.[quantile] as number,
        -1,
      );
  });

  it('read the count where one proxy alone lacks the last bucket', async () => {
    const [whole, other] = await Promise.all([read('whole'), read('one without a last bucket')]);
    expect(other.codes).toEqual(['last-bucket-not-stored']);
    expect(other.node(GATEWAY_ID)?.golden?.p95Ms).toBeCloseTo(
      whole.node(GATEWAY_ID)?.golden?.p95Ms as number,
      -1,
    );
  });

  it('say that bounds are few, and read only those that all proxies have', async () => {
    const few = await read('few bounds');
    expect(few.codes).toEqual(['bounds-thinned']);
    expect(few.graph.latencyBoundsMs).toEqual([10, 50, 100, 500, 1000, 10000, 30000]);
    const uneven = await read('uneven bounds');
    expect(uneven.codes).toContain('bounds-thinned');
    expect(uneven.graph.latencyBoundsMs).toEqual([10, 100, 1000, 10000]);
  });
});

describe('labels that a store has under other names', () => {
  it('are read where labels of pods push those of the proxy aside, and the pods are named', async () => {
    const { graph } = await expectSame('labels of pods');
    expect(graph.diagnoses).toMatchObject([
      {
        code: 'pod-labels-hide',
        severity: 'info',
        what: expect.stringContaining('the label tls of pods in'),
      },
    ]);
  });

  it('are said to hide edges where they cannot be asked for', async () => {
    const { codes, graph } = await read('peers of pods');
    expect(codes).toEqual(['pod-labels-hide']);
    expect(graph.diagnoses[0]).toMatchObject({ severity: 'warn', pods: ['storefront/gateway-1'] });
  });

  it('are asked for where no series has them otherwise', async () => {
    const { codes } = await expectSame('directions of all pods');
    expect(codes).toEqual(['pod-labels-hide']);
  });

  it('are those of the proxies behind a federation without honor_labels', async () => {
    const { codes, graph } = await expectSame('federated');
    expect(codes).toEqual(['stored-without-honor-labels']);
    expect(graph.namespaces).not.toContain('monitoring');
  });

  it('may be of another scheme', async () => {
    const { codes } = await expectSame('another scheme');
    expect(codes).toEqual(['labels-of-another-scheme']);
  });
});

describe('a store of several clusters', () => {
  it.each([
    ['two clusters', 'cluster (east, west): east is shown'],
    ['three clusters', 'dc (a, b, c): a is shown'],
    ['one cluster is named', 'k8s_cluster_name ((none), west): west is shown'],
    ['clusters with equal pods', 'cluster (east, west): east is shown'],
  ])('shows one of them, and says so: %s', async (mesh, what) => {
    const { codes, graph } = await expectSame(mesh);
    expect(codes).toEqual(['several-clusters']);
    expect(graph.diagnoses[0]?.what).toContain(what);
  });

  it('is told by labels of another scheme, too', async () => {
    const { codes } = await expectSame('clusters of another scheme');
    expect(codes.toSorted()).toEqual(['labels-of-another-scheme', 'several-clusters']);
  });

  it('is none whose pods an operator or their nodes label', async () => {
    const { codes, node } = await read('an operator');
    expect(codes).not.toContain('several-clusters');
    expect(node('fulfilment/strimzipodset/events-kafka')?.golden?.rps).toBeGreaterThan(1);
    expect(node('fulfilment/pod/kafka-0')).toBeUndefined();
  });

  it('counts a proxy once that replicas store', async () => {
    const { codes } = await expectSame('replicas of two clusters');
    expect(codes.toSorted()).toEqual(['several-clusters', 'stored-twice']);
  });

  it('is none whose zones a label tells', async () => {
    const [whole, zones] = await Promise.all([read('whole'), read('zones')]);
    expect(zones.codes).toEqual([]);
    near(zones.node(GATEWAY_ID)?.golden?.rps, 2 * (whole.node(GATEWAY_ID)?.golden?.rps ?? 0), 'both pods');
  });

  it('counts all proxies once where one job scrapes more than another', async () => {
    const { codes } = await expectSame('scraped by two jobs');
    expect(codes).toEqual(['stored-twice']);
  });
});
