import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Graph } from '@latchwork/shared/graph';
import { describe, expect, it } from 'vitest';
import { findBreach } from '../../contract/check.ts';
import { toFinding } from '../findings/finding.ts';
import { withoutOutside } from './outside.ts';

const recorded = JSON.parse(
  gunzipSync(
    readFileSync(new URL('../../../../../recordings/graphs/steady.json.gz', import.meta.url)),
  ).toString(),
) as Pick<Graph, 'nodes' | 'edges'>;
const graph: Graph = {
  ...recorded,
  at: '2026-11-23T15:47:10Z',
  windowSeconds: 60,
  windowAskedSeconds: 60,
  scrapeIntervalSeconds: 10,
  latencyBoundsMs: [],
  namespaces: ['backoffice', 'fulfilment', 'legacy', 'storefront', 'linkerd'],
  hidden: { requestsPerSecond: 0, edges: 0 },
  parts: {
    outbound: {
      state: 'failed',
      since: '2026-11-23T15:47:10Z',
      message: 'http://prometheus.internal refused',
    },
  },
  diagnoses: [toFinding({ code: 'x', what: 'backoffice has no proxy', remedy: 'look at backoffice' })],
};

describe('withoutOutside(graph, namespaces)', () => {
  const inside = new Set(['storefront', 'fulfilment']);
  const touching = {
    ...graph,
    edges: graph.edges.filter(({ source, target }) =>
      [source, target].some((id) => inside.has(id.replace('unmeshed:', '').split('/')[0] ?? '')),
    ),
  };
  const shared = withoutOutside(touching, [...inside]);

  it('keeps no name of any other namespace, wherever it might stand', () => {
    expect(JSON.stringify(touching)).toMatch(/backoffice/);
    expect(JSON.stringify(shared)).not.toMatch(/backoffice|legacy|linkerd|prometheus|serviceaccount/);
  });

  it('has one node for each direction of what is outside, and one edge for each pair', () => {
    expect(shared.nodes.filter(({ type }) => type === 'outside').map(({ id }) => id)).toEqual([
      'outside:callees',
      'outside:callers',
    ]);
    const pairs = shared.edges.map(({ source, target }) => `${source} ${target}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('loses no request', () => {
    const rps = (edges: Graph['edges']) => edges.reduce((sum, { http }) => sum + (http?.rps ?? 0), 0);
    expect(rps(shared.edges)).toBeCloseTo(rps(touching.edges));
  });

  it('names a route on an edge only where its Service and the route itself are inside', () => {
    const split = (parent: string, namespace: string) => ({
      ...{ parent, route: { kind: 'HTTPRoute', namespace, name: 'r' } },
      ...{ weight: 0.2, share: null, requests: 0, since: null },
    });
    const [first] = graph.edges.filter(({ source }) => source.startsWith('storefront/'));
    const saidOf = (parent: string, namespace: string) =>
      withoutOutside({ ...graph, edges: [{ ...first!, split: split(parent, namespace) }] }, [...inside])
        .edges[0]?.split;
    expect(saidOf('storefront/service/web', 'storefront')).toBeDefined();
    expect(saidOf('backoffice/service/web', 'storefront')).toBeUndefined();
    expect(saidOf('storefront/service/web', 'backoffice')).toBeUndefined();
  });

  it('fits the contract', () => {
    expect(findBreach(Graph, shared)).toBeNull();
  });

  it('tells no host by name or address', () => {
    for (const { id } of withoutOutside(graph, []).nodes)
      if (id.startsWith('external:')) expect(id).toMatch(/^external:(host|egress|identity)\/\d+$/);
  });

  it('calls another cluster no more than that, whoever and whatever is called there', () => {
    const [first] = graph.edges;
    const id = 'external:remote/west/storefront/service/berths';
    const remote = { type: 'external', id, what: 'remote', name: 'berths.storefront' } as const;
    const note = 'these requests went to the gateway of cluster west';
    const edge = { ...first!, source: 'storefront/deployment/web', target: id, notes: [note] };
    const seen = withoutOutside({ ...graph, nodes: [...graph.nodes, remote], edges: [edge] }, [...inside]);
    expect(seen.nodes).toContainEqual({
      ...{ type: 'external', id: expect.stringMatching(/^external:remote\/\d+$/) },
      ...{ what: 'remote', name: 'another cluster' },
    });
    expect(JSON.stringify(seen)).not.toMatch(/west|berths/);
  });
});
