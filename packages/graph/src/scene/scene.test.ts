import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { denseMesh } from '../quality/dense-mesh.ts';
import { recordedGraph } from '../quality/recordings.ts';
import { toScene } from './scene.ts';

const graph = recordedGraph();
const link = (id: string, scene = toScene(graph)) => scene.links.find((each) => each.id === id)!;
const FOLDED = { folded: new Set(['fulfilment']) };

describe('toScene(graph, view)', () => {
  it('makes one card of all unmeshed callers and one of all external hosts', () => {
    const scene = toScene(graph);
    expect([scene.cards.length, scene.links.length]).toEqual([20, 30]);
    expect(scene.cards.find(({ id }) => id === 'external')?.nodes).toHaveLength(3);
    expect(scene.cards.find(({ id }) => id === 'unmeshed')?.traffic.rps).toBeCloseTo(16.4);
  });

  it('keeps refused egress apart from what reached the outside', () => {
    expect(link('backoffice/daemonset/agent>external!refused')).toMatchObject({
      mark: 'refused',
      tone: 'denied',
    });
    expect(link('fulfilment/deployment/checkout>external').mark).toBe('plaintext');
  });

  it('draws a call that got no endpoint as broken, to its service card', () => {
    expect(link('storefront/deployment/web>storefront/service/recommender')).toMatchObject({
      mark: 'broken',
      tone: 'bad',
    });
  });

  it('tells all refused from partly refused', () => {
    expect(link('backoffice/job/report>fulfilment/deployment/orders')).toMatchObject({
      mark: 'refused',
      partlyRefused: false,
    });
    expect(link('backoffice/deployment/web>storefront/deployment/search')).toMatchObject({
      mark: 'secured',
      partlyRefused: true,
    });
  });

  it('is the same whatever the order of nodes and edges', () => {
    const reversed = { nodes: [...graph.nodes].reverse(), edges: [...graph.edges].reverse() };
    expect(toScene(reversed)).toEqual(toScene(graph));
  });

  it('calls a namespace without any proxy not injected', () => {
    const { boxes } = toScene(graph);
    expect(boxes.filter(({ injected }) => !injected).map(({ id }) => id)).toEqual(['legacy']);
  });

  it('counts a workload without traffic in its box, and gives it no card', () => {
    const web = graph.nodes.find(({ id }) => id === 'storefront/deployment/web')!;
    const idle = {
      ...web,
      id: 'storefront/deployment/idle',
      name: 'idle',
      golden: null,
      denied: 0,
    } as typeof web;
    const scene = toScene({ ...graph, nodes: [...graph.nodes, idle] });
    expect(scene.cards).toEqual(toScene(graph).cards);
    expect(scene.boxes.find(({ id }) => id === 'storefront')?.idle).toBe(1);
    const refusing = { ...idle, denied: 0.5 } as typeof web;
    expect(toScene({ ...graph, nodes: [...graph.nodes, refusing] }).cards.map(({ id }) => id)).toContain(
      idle.id,
    );
  });

  it('folds a namespace: inside vanishes, across adds up', () => {
    const scene = toScene(graph, FOLDED);
    expect(scene.boxes.map(({ id }) => id)).not.toContain('fulfilment');
    const card = scene.cards.find(({ id }) => id === 'folded:fulfilment')!;
    expect(card).toMatchObject({ type: 'folded', box: null, width: 184, height: 84 });
    const across = link('backoffice/deployment/web>folded:fulfilment', scene);
    expect(across.edges).toHaveLength(2);
    expect(across.http?.rps).toBeCloseTo(1.84);
    expect(scene.links.some(({ source, target }) => source === target)).toBe(false);
  });

  it('leaves out what is hidden, with its links', () => {
    const scene = toScene(graph, { hidden: new Set(['unmeshed']) });
    expect(scene.cards.map(({ id }) => id)).not.toContain('unmeshed');
    expect(scene.links.some(({ source }) => source === 'unmeshed')).toBe(false);
  });

  it('focuses on one card and whoever it talks to', () => {
    const scene = toScene(graph, { focus: 'fulfilment/deployment/checkout' });
    expect(scene.cards).toHaveLength(7);
    expect(scene.links.every(({ id }) => id.includes('fulfilment/deployment/checkout'))).toBe(true);
  });

  it('shows only problems, with their ends', () => {
    const scene = toScene(graph, { onlyProblems: true });
    expect(
      scene.links.every(
        ({ mark, tone, refusedRps }) => mark !== 'secured' || tone !== 'good' || refusedRps > 0,
      ),
    ).toBe(true);
    const ends = new Set(scene.links.flatMap(({ source, target }) => [source, target]));
    expect(new Set(scene.cards.map(({ id }) => id))).toEqual(ends);
    expect(scene.links.length).toBeLessThan(30);
  });

  it('is empty for an empty graph', () => {
    expect(toScene({ nodes: [], edges: [] })).toEqual({ boxes: [], cards: [], links: [] });
  });
});

describe('links that add up', () => {
  const node = (name: string): Node => ({
    type: 'workload',
    id: `a/deployment/${name}`,
    namespace: 'a',
    kind: 'deployment',
    name,
    golden: null,
    denied: 0,
    meshed: true,
  });
  const outside: Node = { type: 'external', id: 'external:203.0.113.1:443', what: 'host', name: null };
  const other: Node = { type: 'external', id: 'external:203.0.113.2:80', what: 'host', name: null };
  const http = {
    rps: 4,
    successRate: 0.5,
    requests: 240,
    failures: 120,
    p50Ms: 1,
    p95Ms: 2,
    p99Ms: 3,
    securedShare: 0,
  };
  const tcp = {
    opensPerSecond: 0,
    openConnections: 2,
    readBytesPerSecond: 1,
    writeBytesPerSecond: 1,
    securedShare: 1,
  };
  const edge = (target: string, more: Partial<Edge>): Edge => ({
    source: 'a/deployment/x',
    target,
    http: null,
    tcp: null,
    lock: { state: 'plaintext', securedShare: 0, reasons: [], clientIds: [], serverIds: [] },
    refused: null,
    refusedShare: null,
    unreached: null,
    notes: [],
    ...more,
  });

  it('keep meshed peers that are not scraped apart from the Internet', () => {
    const peer = (id: string, what: 'identity' | 'remote'): Node => ({
      type: 'external',
      id,
      what,
      name: id,
    });
    const account = peer('external:identity/batch.prod', 'identity');
    const remote = peer('external:remote/west/a/deployment/api', 'remote');
    const edges = [
      edge(outside.id, { http }),
      { ...edge('a/deployment/x', { http }), source: account.id },
      edge(remote.id, { http }),
    ];
    const { cards } = toScene({ nodes: [node('x'), outside, account, remote], edges });
    expect(cards.map(({ id, type, traffic }) => [id, type, traffic.rps])).toEqual([
      ['a/deployment/x', 'workload', 4],
      ['external', 'external', 4],
      [account.id, 'peer', 4],
      [remote.id, 'peer', 4],
    ]);
  });

  it('weigh success by requests and never add requests to connections', () => {
    const secured = { state: 'secured', securedShare: 1, reasons: [], clientIds: [], serverIds: [] } as const;
    const edges = [
      edge(outside.id, { http }),
      edge(other.id, { tcp, lock: { ...secured, reasons: [], clientIds: [], serverIds: [] } }),
    ];
    const [made] = toScene({ nodes: [node('x'), outside, other], edges }).links;
    expect(made).toMatchObject({ mark: 'mixed', securedShare: 0, protocol: 'http', tone: 'bad' });
    expect(made?.http).toMatchObject({ rps: 4, successRate: 0.5, p95Ms: 2 });
    expect(made?.tcp).toMatchObject({ openConnections: 2, securedShare: 1 });
  });

  it('have no quantiles of their own: they do not add up', () => {
    const edges = [
      edge(outside.id, { http }),
      edge(other.id, { http: { ...http, rps: 12, successRate: 1 } }),
    ];
    const [made] = toScene({ nodes: [node('x'), outside, other], edges }).links;
    expect(made?.http).toEqual({
      rps: 16,
      successRate: 0.875,
      requests: 480,
      failures: 240,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
      securedShare: 0,
    });
  });

  it('say nothing of a workload that calls itself', () => {
    const self = edge('a/deployment/x', { http });
    expect(toScene({ nodes: [node('x')], edges: [self] }).links).toEqual([]);
  });

  it('looks at each edge as often in a large mesh as in a small one', () => {
    const looksPerEdge = (workloads: number, folds: boolean) => {
      const { nodes, edges } = denseMesh(workloads, workloads / 20);
      let looks = 0;
      const watched = edges.map((edge) =>
        Object.defineProperty({ ...edge }, 'source', {
          get() {
            looks += 1;
            return edge.source;
          },
        }),
      );
      const namespaces = nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : []));
      toScene({ nodes, edges: watched }, { folded: new Set(folds ? namespaces : []) });
      return looks / edges.length;
    };
    expect(looksPerEdge(800, false)).toBeLessThan(1.5 * looksPerEdge(200, false));
    expect(looksPerEdge(800, true)).toBeLessThan(1.5 * looksPerEdge(200, true));
  });
});
