import { describe, expect, it } from 'vitest';
import { sample } from '../../test/inputs/fake-store.ts';
import { calls, edgesOf, from, meshOf, received, WHOLE } from '../../test/inputs/mesh-of.ts';
import { toGraph } from './graph.ts';
import { isNoise } from './noise.ts';

const WEB = 'shop/web';
const VIZ = { extension: 'viz' };

describe('isNoise(labels): truth rule 10', () => {
  it('is a scrape or a tap by its port, where a build leaves that out by the port of the Server', () => {
    expect(isNoise({ target_port: '4191' })).toBe(true);
    expect(isNoise({ target_port: '4190', tls: 'true' })).toBe(true);
    expect(isNoise({ srv_port: '4191' })).toBe(true);
    expect(isNoise({ target_port: '8080', srv_port: '4191' })).toBe(false);
    expect(isNoise({})).toBe(false);
  });

  it('is a probe without an identity; with one it is a real client that asks for the same path', () => {
    expect(isNoise({ route_name: 'probe', tls: 'no_identity' })).toBe(true);
    expect(isNoise({ authz_name: 'probe', tls: 'no_identity' })).toBe(true);
    expect(isNoise({ route_name: 'probe', tls: 'true' })).toBe(false);
  });
});

describe('noise in a graph (truth rule 10)', () => {
  const answers = {
    outbound: [
      calls('shop/front', WEB, 3),
      calls('linkerd-viz/prometheus', WEB, 0.1, { ...VIZ, target_port: '4191' }),
      calls('linkerd-viz/metrics-api', 'linkerd-viz/prometheus', 0.4, VIZ),
    ],
    inbound: [
      received(WEB, 'shop/front', 3),
      received(WEB, '', 0.2, { route_name: 'probe' }),
      received(WEB, 'linkerd-viz/prometheus', 0.1, { target_port: '4191' }),
    ],
  };
  it('has one population in a row: where the rate counts probes, so do the latencies', () => {
    const buckets = (labels: Record<string, string>, upToTen: number, all: number) => [
      sample({ ...from(WEB), ...labels, le: '10' }, upToTen),
      sample({ ...from(WEB), ...labels, le: '1000' }, all),
      sample({ ...from(WEB), ...labels, le: '+Inf' }, all),
    ];
    const mesh = meshOf({
      ...answers,
      inboundLatency: buckets({}, 3, 3),
      noiseLatency: buckets({ route_name: 'probe', tls: 'no_identity' }, 0, 9),
    });
    const p95 = (noise: boolean) => {
      const node = mesh.picture(noise).nodes.get('shop/deployment/web');
      return node?.type === 'workload' ? node.golden?.p95Ms : null;
    };
    expect(p95(false)).toBeLessThanOrEqual(10);
    expect(p95(true)).toBeGreaterThan(10);
  });

  const keys = (scope: Parameters<typeof edgesOf>[1]) =>
    edgesOf(answers, scope).map(({ source, target }) => `${source} → ${target}`);

  it('is hidden by default, counted and said', () => {
    const graph = toGraph(meshOf(answers), WHOLE);
    expect(graph.edges.length).toBe(1);
    expect(graph.nodes.map(({ id }) => id)).toEqual(['shop/deployment/front', 'shop/deployment/web']);
    expect(graph.nodes[1]).toMatchObject({ golden: { rps: 3 } });
    expect(graph.hidden).toEqual({ requestsPerSecond: expect.closeTo(0.7), edges: 3 });
    expect(graph.namespaces).toEqual(['shop', 'linkerd-viz']);
  });

  it('is counted beside what is shown, also where one of a namespace scrapes and another one calls unseen', () => {
    const graph = toGraph(
      meshOf({
        outbound: [calls('tools/scraper', WEB, 0.1, { target_port: '4191' })],
        inbound: [received(WEB, 'tools/agent', 2)],
      }),
      WHOLE,
    );
    expect(graph.edges.map(({ source }) => source)).toEqual(['external:identity/agent.tools']);
    expect(graph.hidden).toEqual({ requestsPerSecond: expect.closeTo(0.1), edges: 1 });
  });

  it('leaves of what policy refused and how responses ended in a picture what is none', () => {
    const refusal = { refusal: 'authorization', target_port: '8080' };
    const mesh = meshOf({
      outbound: [calls('shop/front', WEB, 3), calls('shop/front', WEB, 1, { target_port: '4191' })],
      refused: [
        sample({ ...received(WEB, 'shop/front', 0).labels, ...refusal }, 0.5),
        sample({ ...received(WEB, 'shop/front', 0).labels, ...refusal, target_port: '4191' }, 0.25),
      ],
    });
    const { edges, endedOf } = mesh.picture(false);
    expect(edges[0]?.edge.refused?.authorization).toBe(0.5);
    expect(endedOf('shop/deployment/front', 'shop/deployment/web')).toMatchObject([{ rps: 3 }]);
    expect(mesh.picture(true).edges[0]?.edge.refused?.authorization).toBe(0.75);
  });

  it('is all shown when asked for', () => {
    expect(keys({ namespaces: [], noise: 'show' })).toEqual([
      'linkerd-viz/deployment/metrics-api → linkerd-viz/deployment/prometheus',
      'linkerd-viz/deployment/prometheus → shop/deployment/web',
      'shop/deployment/front → shop/deployment/web',
      'unmeshed:shop/deployment/web → shop/deployment/web',
    ]);
  });

  it("shows a namespace of Linkerd's own that is named, still without probes and scrapes", () => {
    expect(keys({ namespaces: ['linkerd-viz'], noise: 'hide' })).toEqual([
      'linkerd-viz/deployment/metrics-api → linkerd-viz/deployment/prometheus',
    ]);
  });

  it("knows Linkerd's namespaces by the labels of their pods, not by name", () => {
    const own = sample(
      { ...calls('mesh-system/destination', 'shop/web', 1).labels, control_plane_component: 'destination' },
      1,
    );
    expect(edgesOf({ outbound: [own] })).toEqual([]);
    expect(edgesOf({ outbound: [calls('linkerd/mine', 'shop/web', 1)] }).length).toBe(1);
  });

  it('counts inbound requests under a probe route of its own, and names that route', () => {
    const [edge] = edgesOf({
      inbound: [received(WEB, '', 0.2, { route_name: 'web-health', route_kind: 'HTTPRoute' })],
    });
    expect(edge?.notes).toEqual([expect.stringContaining('web-health')]);
  });
});

describe('a scope', () => {
  const answers = {
    outbound: [calls('a/one', 'b/two', 1), calls('b/two', 'c/three', 2), calls('c/three', 'd/four', 3)],
    inbound: [received('b/alone', 'a/one', 0)],
  };

  it('is every edge with an end in it, every end of those, and every workload of it', () => {
    const graph = toGraph(meshOf(answers), { namespaces: ['b'], noise: 'hide' });
    expect(graph.edges.map(({ source }) => source)).toEqual(['a/deployment/one', 'b/deployment/two']);
    expect(graph.nodes.map(({ id }) => id)).toEqual([
      'a/deployment/one',
      'b/deployment/alone',
      'b/deployment/two',
      'c/deployment/three',
    ]);
  });

  it('cuts no number, and lists all namespaces that are known', () => {
    const whole = toGraph(meshOf(answers), WHOLE);
    const scoped = toGraph(meshOf(answers), { namespaces: ['b'], noise: 'hide' });
    for (const node of scoped.nodes) expect(whole.nodes).toContainEqual(node);
    expect(scoped.namespaces).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lists the namespace of a workload of which latencies alone are known', () => {
    const inboundLatency = [sample({ ...from('quiet/idle'), le: '+Inf' }, 0)];
    const graph = toGraph(meshOf({ inboundLatency }), WHOLE);
    expect(graph).toMatchObject({ namespaces: ['quiet'], nodes: [{ id: 'quiet/deployment/idle' }] });
  });

  it('of an unknown namespace is empty, not an error', () => {
    const graph = toGraph(meshOf(answers), { namespaces: ['nowhere'], noise: 'hide' });
    expect(graph).toMatchObject({ nodes: [], edges: [], hidden: { requestsPerSecond: 0, edges: 0 } });
  });

  it('holds the unmeshed callers of its workloads', () => {
    const inbound = [received('b/two', '', 1)];
    expect(toGraph(meshOf({ inbound }), { namespaces: ['b'], noise: 'hide' }).edges.length).toBe(1);
    expect(toGraph(meshOf({ inbound }), { namespaces: ['a'], noise: 'hide' }).edges.length).toBe(0);
  });
});

it('a proxy that only tells its own name makes no edge', () => {
  expect(edgesOf({ inbound: [sample(from('shop/idle'), 0)] })).toEqual([]);
});
