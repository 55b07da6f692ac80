// The recorded metrics joined with the recorded objects of Kubernetes: what only both together can tell.

import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import { unmeshedId } from '@latchwork/shared/node-id';
import type { Workloads } from '@latchwork/shared/workload';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../../src/feeds/collector/collector.ts';
import { toPlaceFindings, toProblems } from '../../src/mesh/findings/problems.ts';
import { toGraph } from '../../src/mesh/graph.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { toWorkloadDetail, toWorkloads } from '../../src/mesh/workloads.ts';
import type { KubernetesState } from '../../src/sources/kubernetes/watch/state.ts';
import { createPrometheusClient, type PrometheusClient } from '../../src/sources/prometheus/client.ts';
import { readExpected } from '../inputs/expected-mesh.ts';
import { type RecordedPrometheus, startRecordedPrometheus } from '../inputs/recorded-prometheus.ts';
import { fakeClusterFeed } from './fake-cluster-feed.ts';
import { recordedState } from './recorded-cluster.ts';

const TARGETS = { successTarget: 0.99, latencyTargetMs: 1000 };

const WHOLE = { namespaces: [], noise: 'hide' } as const;
const SHIPPING = 'fulfilment/deployment/shipping';
const expected = readExpected('steady');

let prometheus: RecordedPrometheus;
let client: PrometheusClient;

beforeAll(async () => {
  prometheus = await startRecordedPrometheus();
  client = createPrometheusClient({ url: prometheus.url });
});
afterAll(async () => {
  await client?.close();
  await prometheus?.stop();
});

/** `laterSeconds`: how long after the moment somebody looks at it. */
async function meshOf(state: KubernetesState | null, laterSeconds = 0): Promise<Mesh> {
  const collector = createCollector({
    client,
    matchers: [],
    cluster: state && fakeClusterFeed(state),
    defaultAtSeconds: null,
    now: () => (expected.at + laterSeconds) * 1000,
  });
  try {
    return await collector.read({ windowSeconds: expected.windowSeconds, atSeconds: expected.at });
  } finally {
    collector.close();
  }
}

function edgeOf({ edges }: Graph, source: string, target: string): Edge {
  const found = edges.find((edge) => edge.source === source && edge.target === target);
  if (!found) throw new Error(`there is no edge ${source} → ${target}`);
  return found;
}

describe('the recording, joined with its Kubernetes objects', () => {
  let alone: Mesh;
  let mesh: Mesh;
  let graph: Graph;
  let rows: Workloads['workloads'];
  const rowOf = (id: string) => rows.find((row) => row.id === id);

  beforeAll(async () => {
    alone = await meshOf(null);
    mesh = await meshOf(recordedState());
    graph = toGraph(mesh, WHOLE);
    rows = toWorkloads(mesh, WHOLE).workloads;
  });

  it('knows the probes that come under a route of their own: no caller without proxy, and 0.2 a second less', () => {
    const before = toWorkloads(alone, WHOLE).workloads.find(({ id }) => id === SHIPPING);
    expect(toGraph(alone, WHOLE).edges.map(({ source }) => source)).toContain(unmeshedId(SHIPPING));
    expect(graph.edges.map(({ source }) => source)).not.toContain(unmeshedId(SHIPPING));
    expect((before?.golden?.rps ?? 0) - (rowOf(SHIPPING)?.golden?.rps ?? 0)).toBeCloseTo(0.2, 1);
    expect(graph.hidden.requestsPerSecond).toBeGreaterThan(toGraph(alone, WHOLE).hidden.requestsPerSecond);
    // Their latencies are none of the workload's either: probes are the fastest of all.
    expect(rowOf(SHIPPING)?.golden?.p50Ms).toBeGreaterThan(before?.golden?.p50Ms ?? 0);
  });

  it('leaves the latencies of everybody else as they were', () => {
    for (const { id, golden } of toWorkloads(alone, WHOLE).workloads)
      if (id !== SHIPPING) expect(rowOf(id)?.golden, id).toEqual(golden);
  });

  it('leaves the probes out of the sparkline, too', () => {
    const rps = (one: Mesh) => one.history().workloads[SHIPPING]?.rps.at(-3) ?? 0;
    expect(rps(alone) - rps(mesh)).toBeCloseTo(0.2, 1);
  });

  it('counts the meshed pods of each workload, as linkerd viz stat does', () => {
    expect(rowOf('storefront/deployment/cart')).toMatchObject({
      meshed: true,
      pods: { meshed: 1, running: 2, failed: 0 },
      notMeshed: [{ code: 'injector-missed' }],
    });
    expect(rowOf('storefront/deployment/web')).toMatchObject({ pods: { meshed: 2, running: 2, failed: 0 } });
    expect(rowOf('storefront/deployment/web')).not.toHaveProperty('notMeshed');
    const node = graph.nodes.find(({ id }) => id === 'legacy/deployment/erp');
    expect(node).toMatchObject({ meshed: false, pods: { meshed: 0, running: 1, failed: 0 } });
  });

  it('shows workloads without traffic as idle, never as missing', () => {
    const ids = toGraph(alone, WHOLE).nodes.map(({ id }) => id);
    const idle = rows.filter(({ id }) => !ids.includes(id));
    expect(idle.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'legacy/deployment/audit',
        'legacy/deployment/batch',
        'legacy/deployment/scraper',
      ]),
    );
    for (const row of idle)
      expect(row).toMatchObject({ golden: null, denied: null, tcp: null, meshed: false });
    expect(graph.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(idle.map(({ id }) => id)));
    expect(toGraph(mesh, { ...WHOLE, namespaces: ['legacy'] }).nodes.map(({ id }) => id)).toContain(
      'legacy/deployment/audit',
    );
  });

  it('has the same edges and locks as the metrics alone, but for those probes', () => {
    const known = (one: Graph) =>
      one.edges
        .filter(({ source }) => source !== unmeshedId(SHIPPING))
        .map(({ source, target, http, tcp, refused, lock }) => ({
          ...{ source, target, http, tcp, refused },
          lock: { ...lock, clientIds: [] },
        }));
    expect(known(graph)).toEqual(known(toGraph(alone, WHOLE)));
  });

  it('tells apart the causes that metrics give one reason for', () => {
    const at = (source: string, target: string) =>
      toPlaceFindings(mesh, edgeId(source, target), WHOLE, TARGETS).findings;
    const codes = (source: string, target: string) => at(source, target).map(({ code }) => code);
    expect(codes('storefront/deployment/web', 'storefront/deployment/cart')).toEqual([
      'no-proxy:injector-missed',
    ]);
    expect(codes('fulfilment/deployment/orders', 'legacy/deployment/erp')).toContain('no-proxy:not-asked');
    expect(codes('backoffice/daemonset/agent', SHIPPING)).toEqual(['skipped-inbound-port']);
    const gateway = 'storefront/deployment/gateway';
    const [open] = at(unmeshedId(gateway), gateway);
    expect(open?.code).toBe('not-encrypted:no_tls_from_remote');
    expect(open?.causes?.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('is of type'),
        expect.stringContaining('without a proxy'),
      ]),
    );
  });

  it('says nothing of a closed lock, and names the identities of both ends', () => {
    const edge = edgeOf(graph, 'storefront/deployment/web', 'fulfilment/deployment/checkout');
    const { findings } = toPlaceFindings(mesh, edgeId(edge.source, edge.target), WHOLE, TARGETS);
    expect(findings.filter(({ kind }) => kind === 'plaintext')).toEqual([]);
    expect(edge.lock.clientIds).toEqual([
      expect.stringMatching(/^web\.storefront\.serviceaccount\.identity/),
    ]);
    const broker = edgeOf(graph, 'fulfilment/deployment/checkout', 'fulfilment/statefulset/broker');
    expect(broker.lock.clientIds).toEqual([expect.stringMatching(/^checkout\.fulfilment\.serviceaccount/)]);
  });

  it('puts a refusal on the edge of the workload that runs under the refused identity', () => {
    const edge = edgeOf(graph, 'backoffice/job/report', 'fulfilment/deployment/orders');
    expect(edge.refused?.authorization).toBeGreaterThan(0.5);
  });

  it('has the pods of one workload, and what is worth knowing of them', () => {
    const detail = toWorkloadDetail(mesh, SHIPPING, WHOLE);
    expect(detail?.inventory?.pods.length).toBeGreaterThan(0);
    expect(detail?.findings?.map(({ code }) => code)).toContain('skipped-inbound-port');
    expect(toWorkloadDetail(mesh, 'legacy/deployment/audit', WHOLE)).toMatchObject({
      golden: null,
      callers: [],
      findings: [{ code: 'not-asked' }],
    });
  });

  it('answers every part, those of Kubernetes among them', () => {
    expect(Object.values(mesh.parts).filter(({ state }) => state !== 'fresh')).toEqual([]);
    expect(Object.keys(mesh.parts)).toContain('kubernetes:pods');
    expect(Object.keys(alone.parts).filter((name) => name.startsWith('kubernetes'))).toEqual([]);
    expect(mesh.diagnoses).toEqual([]);
  });

  it('does not claim the pods of now for a moment of the past, but still knows its names', async () => {
    const past = await meshOf(recordedState(), 3600);
    const edges = toGraph(past, WHOLE);
    expect(edges.edges.map(({ source }) => source)).not.toContain(unmeshedId(SHIPPING));
    expect(edges.nodes.some((node) => 'pods' in node)).toBe(false);
    expect(toProblems(past, WHOLE, TARGETS).problems.map(({ code }) => code)).not.toContain(
      'no-proxy:not-asked',
    );
    expect(edges.nodes.map(({ id }) => id)).not.toContain('legacy/deployment/audit');
  });
});
