import { describe, expect, it } from 'vitest';
import { randomMesh } from '../quality/random-mesh.ts';
import { recordedGraph, sampleMeshes } from '../quality/recordings.ts';
import { type Report, report } from '../quality/report.ts';
import { sampleGraph } from '../quality/sample-graph.ts';
import { toScene } from '../scene/scene.ts';
import { layout } from './layout.ts';

type Graph = Parameters<typeof toScene>[0];

function reported(graph: Graph): Report & { links: number } {
  const scene = toScene(graph);
  return { ...report(scene, layout(scene)), links: scene.links.length };
}

/** What may never be seen, whatever the mesh. */
const FAULTLESS = {
  sharedPx: 0,
  closePx: 0,
  throughCards: [],
  overlaps: [],
  coveredMarks: [],
  strayMarks: [],
};

function faultsOf(made: Report) {
  const { sharedPx, closePx, throughCards, overlaps, coveredMarks, strayMarks } = made;
  return { sharedPx, closePx, throughCards, overlaps, coveredMarks, strayMarks };
}

describe.each(['steady', 'reviews-failing', 'proxy-restarted', 'recovered'])(
  'the recorded mesh, %s',
  (moment) => {
    const made = reported(recordedGraph(moment));

    it('has no fault', () => {
      expect(faultsOf(made)).toEqual(FAULTLESS);
      expect(made.mostBends).toBeLessThanOrEqual(6);
    });

    it('crosses at most 31 times and fits 1400 × 830', () => {
      expect(made.crossings).toBeLessThanOrEqual(31);
      expect(made.width).toBeLessThanOrEqual(moment === 'steady' ? 1400 : 1420); // other rates, other tracks
      expect(made.height).toBeLessThanOrEqual(830);
    });
  },
);

describe('the sample meshes up to 60 workloads', () => {
  const all = sampleMeshes(60).map((graph) => ({ name: graph.name, ...reported(graph) }));
  const sum = (of: (made: (typeof all)[number]) => number) =>
    all.reduce((total, made) => total + of(made), 0);

  it.each(all)('$name has no fault', (made) => {
    expect(faultsOf(made)).toEqual(FAULTLESS);
    expect(made.mostBends).toBeLessThanOrEqual(6);
  });

  it('cross at most 650 times', () => {
    expect(all).toHaveLength(10);
    expect(sum(({ crossings }) => crossings)).toBeLessThanOrEqual(650);
  });

  it('bend at most 2.35 times a link', () => {
    expect(sum(({ bends }) => bends) / sum(({ links }) => links)).toBeLessThanOrEqual(2.35);
  });

  it('run through foreign boxes for at most 5 % of their length', () => {
    expect(sum(({ throughBoxesPx }) => throughBoxesPx) / sum(({ length }) => length)).toBeLessThanOrEqual(
      0.05,
    );
  });

  it('fit 1300 × 800 at 0.62 on average', () => {
    expect(sum(({ zoom }) => zoom) / all.length).toBeGreaterThanOrEqual(0.62);
  });
});

describe('300 random meshes', () => {
  const seeds = Array.from({ length: 300 }, (_, seed) => seed + 1);

  it('have no fault', () => {
    const faulty = seeds.flatMap((seed) => {
      const made = reported(sampleGraph(randomMesh(seed)));
      const faults = faultsOf(made);
      const isFine = JSON.stringify(faults) === JSON.stringify(FAULTLESS) && made.mostBends <= 6;
      return isFine ? [] : [{ seed, bends: made.mostBends, ...faults }];
    });
    expect(faulty).toEqual([]);
  });
});

describe('layout(scene)', () => {
  const graphs = [recordedGraph(), ...sampleMeshes(25)];

  it.each(graphs)('$name is the same twice, and for shuffled nodes and edges', (graph) => {
    const shuffled = {
      nodes: [...graph.nodes].sort((a, b) => hash(a.id) - hash(b.id)),
      edges: [...graph.edges].sort((a, b) => hash(a.source + a.target) - hash(b.source + b.target)),
    };
    const first = JSON.stringify(layout(toScene(graph)));
    expect(JSON.stringify(layout(toScene(graph)))).toBe(first);
    expect(JSON.stringify(layout(toScene(shuffled)))).toBe(first);
  });

  it('keeps cards of a box in a column a row apart', () => {
    const made = layout(toScene(recordedGraph()));
    for (const [i, a] of made.cards.entries())
      for (const b of made.cards.slice(i + 1))
        if (a.x === b.x) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(68);
  });

  it('has a state that survives JSON', () => {
    const { state } = layout(toScene(recordedGraph()));
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it('places a single card, and nothing', () => {
    const { nodes } = recordedGraph();
    const web = nodes.filter(({ id }) => id === 'storefront/deployment/web');
    const one = toScene({ nodes: web, edges: [] });
    expect(layout(one).cards).toHaveLength(1);
    expect(layout(toScene({ nodes: [], edges: [] }))).toMatchObject({ width: 0, height: 0, cards: [] });
  });

  it('gives each link into a crowded card a bundle, told by its number', () => {
    const graph = sampleMeshes(60).at(-1)!;
    const { links } = layout(toScene(graph));
    const bundled = links.filter(({ bundle }) => bundle);
    expect(bundled.length).toBeGreaterThan(0);
    for (const { bundle } of bundled) {
      expect(bundle?.members).toHaveLength(bundle?.size ?? 0);
      expect(links.filter((link) => link.bundle?.id === bundle?.id && link.bundle?.leads)).toHaveLength(1);
    }
  });
});

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (Math.imul(value, 31) + letter.charCodeAt(0)) | 0;
  return value;
}
