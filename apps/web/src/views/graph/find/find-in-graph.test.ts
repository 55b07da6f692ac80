import { groupedBy } from '@latchwork/graph/scene/grouped-by';
import type { Graph } from '@latchwork/shared/graph';
import { describe, expect, it } from 'vitest';
import steady from '../test-data/steady.json' with { type: 'json' };
import { findInGraph, graphWords, shownOf } from './find-in-graph.ts';

const GRAPH = steady as unknown as Graph;

function found(text: string) {
  const { nodes, edges, trouble } = findInGraph(GRAPH, text);
  return { nodes: [...nodes].sort(), edges: [...edges].sort(), trouble };
}

describe('findInGraph(graph, text)', () => {
  it('finds nodes and edges by what they are and do', () => {
    const { nodes, edges } = found('namespace:storefront kind:deployment');
    expect(nodes.length).toBeGreaterThan(2);
    expect(nodes.every((id) => id.startsWith('storefront/deployment/'))).toBe(true);
    expect(edges.every((id) => id.includes('storefront/deployment/'))).toBe(true);
    expect(
      found('!kind:deployment').nodes.some((id) => id.includes('/deployment/') && !id.includes(':')),
    ).toBe(false);
  });

  it('finds what stands in the box of a label’s value, and in none without one', () => {
    const graph = groupedBy(GRAPH, 'team', { 'storefront/deployment/web': 'shopping' });
    const { nodes, edges } = findInGraph(graph, 'group:shopping');
    expect([...nodes]).toEqual(['storefront/deployment/web']);
    expect(edges.size).toBeGreaterThan(0);
    expect(findInGraph(graph, 'group:"no team"').nodes.size).toBeGreaterThan(10);
    expect(graphWords(graph).known['group']).toEqual(['no team', 'shopping']);
    expect(found('group:shopping').nodes).toEqual([]);
  });

  it('leaves nodes out where a field is of edges alone', () => {
    const { nodes, edges, trouble } = found('lock:plaintext');
    expect(trouble).toBeNull();
    expect(nodes).toEqual([]);
    const open = GRAPH.edges.filter(({ lock }) => lock.state === 'plaintext').length;
    expect(edges.length).toBeGreaterThan(0);
    expect(edges.length).toBeLessThanOrEqual(open);
    expect(found('!lock:secured').nodes).toEqual([]);
  });

  it('lights the way between two over all hops', () => {
    const before = found('upstream:storefront/reviews');
    expect(before.nodes).toContain('storefront/deployment/gateway');
    expect(before.nodes).toContain('storefront/deployment/reviews');
    const way = found('downstream:gateway upstream:storefront/reviews');
    expect(way.nodes).toContain('storefront/deployment/web');
    expect(way.nodes.every((id) => before.nodes.includes(id))).toBe(true);
    const own = GRAPH.edges.filter(({ source }) => source === 'storefront/deployment/reviews');
    for (const { source, target } of own) expect(way.edges).not.toContain(`${source}~${target}`);
  });

  it('says what it did not understand', () => {
    expect(found('speed>3').trouble).toMatch(
      /^unknown field: speed; known: name, namespace, group, kind, upstream/,
    );
  });
});

describe('shownOf(graph, found, show)', () => {
  const plain = findInGraph(GRAPH, 'lock:plaintext');

  it('keeps only what was found, with its ends', () => {
    const { nodes, edges } = shownOf(GRAPH, plain, 'only');
    expect(edges.every(({ lock }) => lock.state === 'plaintext')).toBe(true);
    const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
    expect(new Set(nodes.map(({ id }) => id))).toEqual(ends);
  });

  it('takes what was found away, and what touches it', () => {
    const hidden = shownOf(GRAPH, findInGraph(GRAPH, 'namespace:storefront'), 'hide');
    expect(hidden.nodes.some(({ id }) => id.includes('storefront/'))).toBe(false);
    expect(hidden.edges.some(({ source, target }) => `${source}${target}`.includes('storefront/'))).toBe(
      false,
    );
    expect(shownOf(GRAPH, plain, 'hide').edges.length).toBe(GRAPH.edges.length - plain.edges.size);
    expect(shownOf(GRAPH, plain, 'light')).toBe(GRAPH);
  });
});

it('suggests what stands in the graph', () => {
  const { known } = graphWords(GRAPH);
  expect(known['namespace']).toContain('storefront');
  expect(known['upstream']).toContain('storefront/reviews');
});
