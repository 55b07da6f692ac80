import { describe, expect, it } from 'vitest';
import { denseMesh } from '../quality/dense-mesh.ts';
import { recordedGraph } from '../quality/recordings.ts';
import { toLinks } from './links.ts';
import { matches, ONLY } from './only.ts';
import { countingSizes, toSizes } from './sizes.ts';

const STEADY = recordedGraph();

describe('toSizes(graph, judge)', () => {
  it('counts what is drawn, and the share of requests', () => {
    const sizes = toSizes(STEADY, { successTarget: 0.99 });
    expect(sizes).toMatchObject({ workloads: 17, edges: 30 });
    expect(sizes.counts).toMatchObject({ plaintext: 8, mixed: 1, refused: 5, broken: 1 });
    expect(sizes.requestsSecured).toBeCloseTo(0.68, 2);
  });

  it.each([
    ['the recording', STEADY],
    ['a mesh where many call in from outside', denseMesh(60, 6)],
  ])('counts lines as they are drawn: %s', (_, graph) => {
    const judge = { successTarget: 0.99 };
    const links = toLinks(graph, new Set(), judge);
    const { edges, counts, mostRps } = toSizes(graph, judge);
    expect(edges).toBe(links.length);
    expect(mostRps).toBe(Math.max(...links.map(({ http }) => http?.rps ?? 0)));
    for (const only of ONLY) expect(counts[only]).toBe(links.filter((link) => matches(link, only)).length);
  });

  it('has no share where nothing was measured', () => {
    expect(toSizes({ nodes: [], edges: [] }, { successTarget: 0.99 })).toMatchObject({
      requestsSecured: null,
      connectionsSecured: null,
      edges: 0,
    });
  });
});

describe('countingSizes(graph, judge)', () => {
  it('counts thousands of lines in pieces, a few for hundreds', () => {
    const pieces = (graph: Parameters<typeof toSizes>[0]) =>
      [...countingSizes(graph, { successTarget: 0.99 })].length;
    expect(pieces(STEADY)).toBe(2);
    expect(pieces(denseMesh(3_000, 120))).toBeGreaterThanOrEqual(4);
  });
});
