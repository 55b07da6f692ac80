// The recorded mesh through a real Prometheus, our client and our collector, held against what it must come out as.

import type { Edge } from '@latchwork/shared/edge';
import type { Graph } from '@latchwork/shared/graph';
import { unmeshedId } from '@latchwork/shared/node-id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../src/feeds/collector/collector.ts';
import { toGraph } from '../src/mesh/graph.ts';
import type { Mesh } from '../src/mesh/mesh.ts';
import { toWorkloads } from '../src/mesh/workloads.ts';
import { createPrometheusClient, type PrometheusClient } from '../src/sources/prometheus/client.ts';
import { type ExpectedMesh, MOMENTS, readExpected } from './inputs/expected-mesh.ts';
import { type RecordedPrometheus, startRecordedPrometheus } from './inputs/recorded-prometheus.ts';

const WHOLE = { namespaces: [], noise: 'hide' } as const;
const WITHIN = 0.05;

let prometheus: RecordedPrometheus;
let client: PrometheusClient;
const queries: string[] = [];

beforeAll(async () => {
  prometheus = await startRecordedPrometheus();
  client = createPrometheusClient({ url: prometheus.url, observe: (tier) => queries.push(tier) });
});
afterAll(async () => {
  await client?.close();
  await prometheus?.stop();
});

async function readMesh(atSeconds: number, windowSeconds: number): Promise<Mesh> {
  const collector = createCollector({ client, matchers: [], defaultAtSeconds: null });
  try {
    return await collector.read({ windowSeconds, atSeconds });
  } finally {
    collector.close();
  }
}

function near(actual: number | null | undefined, expected: number, what: string): void {
  const off = Math.abs((actual ?? Number.NaN) - expected);
  expect(
    off <= Math.max(WITHIN * expected, 1e-9),
    `${what}: ${actual} is not within 5 % of ${expected}`,
  ).toBe(true);
}

function inBucket(
  actual: number | null | undefined,
  range: readonly [number, number] | null,
  what: string,
): void {
  if (range === null) expect(actual ?? null, what).toBeNull();
  else expect(actual! >= range[0] && actual! <= range[1], `${what}: ${actual} is not in ${range}`).toBe(true);
}

const keyOf = ({ source, target }: { source: string; target: string }) => `${source} → ${target}`;

describe.each(MOMENTS)('the recording at the moment %s', (moment) => {
  let expected: ExpectedMesh;
  let mesh: Mesh;
  let graph: Graph;
  let edges: Map<string, Edge>;

  beforeAll(async () => {
    expected = readExpected(moment);
    mesh = await readMesh(expected.at, expected.windowSeconds);
    graph = toGraph(mesh, WHOLE);
    edges = new Map(graph.edges.map((edge) => [keyOf(edge), edge]));
  });

  it('answers every part, over the window asked for', () => {
    expect(Object.entries(graph.parts).filter(([, { state }]) => state !== 'fresh')).toEqual([]);
    expect(graph.windowSeconds).toBe(expected.windowSeconds);
    expect(graph.scrapeIntervalSeconds).toBe(10);
    expect(Date.parse(graph.at) / 1000).toBe(expected.at);
    expect(graph.diagnoses).toEqual([]);
  });

  it('has every edge and no other', () => {
    const wanted = [
      ...expected.edges,
      ...expected.unmeshed.map(({ target }) => ({ source: unmeshedId(target), target })),
      ...expected.unreached,
      ...expected.refused,
    ].map(keyOf);
    expect([...edges.keys()].sort()).toEqual([...new Set(wanted)].sort());
    const ids = new Set(graph.nodes.map(({ id }) => id));
    for (const { source, target } of graph.edges) expect(ids.has(source) && ids.has(target)).toBe(true);
  });

  it('has the lock of each edge, its share and its reasons', () => {
    for (const wanted of expected.edges) {
      const { lock } = edges.get(keyOf(wanted)) as Edge;
      const share = (wanted.http ?? wanted.tcp)?.securedShare ?? null;
      expect(lock.state, keyOf(wanted)).toBe(wanted.lock);
      if (share !== null) near(lock.securedShare, share, `${keyOf(wanted)} secured`);
      expect(lock.reasons.map(({ reason }) => reason).sort(), keyOf(wanted)).toEqual(
        [...wanted.reasons].sort(),
      );
      const sum = lock.reasons.reduce((total, { share }) => total + share, 0);
      expect(sum).toBeCloseTo(1 - (lock.securedShare ?? 1), 9);
    }
  });

  it('has the requests of each edge', () => {
    for (const wanted of expected.edges) {
      const { http } = edges.get(keyOf(wanted)) as Edge;
      const what = keyOf(wanted);
      expect(http === null, what).toBe(wanted.http === null);
      if (!http || !wanted.http) continue;
      // What was expected was computed by rates alone: they miss the first count of what is new (truth rule 15).
      const more = (http.rps - wanted.http.rps) * expected.windowSeconds;
      if (more > 0.99 && more < 1.01) continue;
      near(http.rps, wanted.http.rps, `${what} rps`);
      near(http.successRate, wanted.http.successRate, `${what} success`);
      inBucket(http.p50Ms, wanted.http.p50, `${what} p50`);
      inBucket(http.p95Ms, wanted.http.p95, `${what} p95`);
      inBucket(http.p99Ms, wanted.http.p99, `${what} p99`);
    }
  });

  it('has the connections of each edge', () => {
    for (const wanted of expected.edges) {
      const { tcp } = edges.get(keyOf(wanted)) as Edge;
      const what = keyOf(wanted);
      expect(tcp === null, what).toBe(wanted.tcp === null);
      if (!tcp || !wanted.tcp) continue;
      near(tcp.opensPerSecond, wanted.tcp.opensPerSecond, `${what} opens`);
      near(tcp.openConnections, wanted.tcp.openConnections, `${what} open`);
      near(tcp.readBytesPerSecond, wanted.tcp.readBytesPerSecond, `${what} read`);
      near(tcp.writeBytesPerSecond, wanted.tcp.writeBytesPerSecond, `${what} write`);
      if (wanted.tcp.securedShare !== null)
        near(tcp.securedShare, wanted.tcp.securedShare, `${what} connections`);
    }
  });

  it('has what policy refused on the edge of the caller, and nothing refused elsewhere', () => {
    const wanted = new Map(expected.refused.map((entry) => [keyOf(entry), entry]));
    for (const [key, { refused }] of edges) {
      const { source, target, ...rates } = wanted.get(key) ?? { source: '', target: '' };
      for (const kind of ['authorization', 'route', 'rateLimit', 'egress'] as const)
        near(refused?.[kind] ?? 0, Number((rates as Record<string, number>)[kind] ?? 0), `${key} ${kind}`);
    }
  });

  it('has the calls that reached no endpoint', () => {
    const found = graph.edges.flatMap(({ source, target, unreached }) =>
      Object.entries(unreached ?? {}).map(([error, rps]) => ({ source, target, error, rps })),
    );
    expect(found.map((entry) => `${keyOf(entry)} ${entry.error}`).sort()).toEqual(
      expected.unreached.map((entry) => `${keyOf(entry)} ${entry.error}`).sort(),
    );
    for (const wanted of expected.unreached)
      near(
        edges.get(keyOf(wanted))?.unreached?.[wanted.error],
        wanted.rps,
        `${keyOf(wanted)} ${wanted.error}`,
      );
  });

  it('has the callers without a proxy', () => {
    for (const target of new Set(expected.unmeshed.map((entry) => entry.target))) {
      const edge = edges.get(`${unmeshedId(target)} → ${target}`);
      const rps = expected.unmeshed
        .filter((entry) => entry.target === target)
        .reduce((sum, entry) => sum + entry.rps, 0);
      near(edge?.http?.rps, rps, `unmeshed → ${target}`);
      expect(edge?.lock).toMatchObject({
        state: 'plaintext',
        securedShare: 0,
        reasons: [{ reason: 'no_tls_from_remote', share: 1 }],
      });
    }
  });

  it('has the golden metrics of each workload', () => {
    const rows = toWorkloads(mesh, WHOLE).workloads;
    expect(rows.filter(({ golden }) => golden).map(({ id }) => id)).toEqual(
      expected.workloads.map(({ id }) => id).sort(),
    );
    for (const wanted of expected.workloads) {
      const { golden, denied } = rows.find(({ id }) => id === wanted.id)!;
      near(golden?.rps, wanted.rps, `${wanted.id} rps`);
      near(golden?.successRate, wanted.successRate, `${wanted.id} success`);
      near(denied, wanted.denied, `${wanted.id} denied`);
      inBucket(golden?.p50Ms, wanted.p50, `${wanted.id} p50`);
      inBucket(golden?.p95Ms, wanted.p95, `${wanted.id} p95`);
      inBucket(golden?.p99Ms, wanted.p99, `${wanted.id} p99`);
    }
  });
});

describe('the recording as a whole', () => {
  it('costs at most 10 queries and the six of the start-up', async () => {
    queries.length = 0;
    await readMesh(readExpected('steady').at, 60);
    expect(queries.filter((tier) => tier === 'traffic').length).toBeLessThanOrEqual(8);
    expect(queries.filter((tier) => tier === 'traffic' || tier === 'latency').length).toBeLessThanOrEqual(10);
    expect(queries.filter((tier) => tier === 'start' || tier === 'history')).toEqual([
      'start',
      'start',
      'start',
      'start',
      'start',
      'history',
    ]);
  });

  it('hides scrapes, probes and Linkerd itself, counts them, and shows them when asked', async () => {
    const mesh = await readMesh(readExpected('steady').at, 60);
    const hidden = toGraph(mesh, WHOLE);
    const shown = toGraph(mesh, { namespaces: [], noise: 'show' });
    expect(hidden.hidden.requestsPerSecond).toBeGreaterThan(1);
    expect(hidden.hidden.edges).toBe(shown.edges.length - hidden.edges.length);
    expect(shown.hidden).toEqual({ requestsPerSecond: 0, edges: 0 });
    expect(
      hidden.nodes.filter((node) => 'namespace' in node && node.namespace.startsWith('linkerd')),
    ).toEqual([]);
    const named = toGraph(mesh, { namespaces: ['linkerd-viz'], noise: 'hide' });
    expect(named.nodes.map(({ id }) => id)).toContain('linkerd-viz/deployment/metrics-api');
  });

  it('cuts no number to the scope', async () => {
    const mesh = await readMesh(readExpected('steady').at, 60);
    const whole = toGraph(mesh, WHOLE);
    const scoped = toGraph(mesh, { namespaces: ['backoffice'], noise: 'hide' });
    const ids = new Set(scoped.nodes.map(({ id }) => id));
    expect(ids.has('fulfilment/deployment/orders')).toBe(true);
    expect(ids.has('fulfilment/statefulset/ledger')).toBe(false);
    for (const node of scoped.nodes) expect(whole.nodes).toContainEqual(node);
    for (const edge of scoped.edges) expect(whole.edges).toContainEqual(edge);
    expect(toGraph(mesh, { namespaces: ['nowhere'], noise: 'hide' })).toMatchObject({ nodes: [], edges: [] });
  });

  it('widens a window that is shorter than four scrapes, and says so', async () => {
    const { windowSeconds, diagnoses } = toGraph(await readMesh(readExpected('steady').at, 10), WHOLE);
    expect(windowSeconds).toBe(40);
    expect(diagnoses.map(({ code }) => code)).toEqual(['window-widened']);
  });

  it('remembers the past of each workload for its sparkline', async () => {
    const { start, stepSeconds, workloads } = (await readMesh(readExpected('recovered').at, 60)).history();
    const reviews = workloads['storefront/deployment/reviews']!;
    expect(stepSeconds).toBe(10);
    const at = (time: string) => Math.floor((Date.parse(time) - Date.parse(start)) / 1000 / stepSeconds);
    expect(reviews.successRate[at('2026-11-23T15:53:20Z')]).toBeLessThan(0.6);
    expect(reviews.successRate.at(-1)).toBeGreaterThan(0.85);
  });

  it('names the identities at both ends of a secured edge', async () => {
    const { edges } = toGraph(await readMesh(readExpected('steady').at, 60), WHOLE);
    const edge = edges.find(({ source, target }) => source.endsWith('/gateway') && target.endsWith('/web'));
    expect(edge?.lock.serverIds).toEqual([
      expect.stringMatching(/^web\.\w+\.serviceaccount\.identity\.linkerd/),
    ]);
    expect(edge?.lock.clientIds).toEqual([expect.stringMatching(/^gateway\.storefront\.serviceaccount/)]);
  });
});
