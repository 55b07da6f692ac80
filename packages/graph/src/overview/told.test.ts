// Nothing is dropped without being counted on the page: what a card is drawn with, against the edges that there are.

import { describe, expect, it } from 'vitest';
import { teamMesh } from '../../../../bench/team-mesh.ts';
import { LIGHT } from '../draw/palette.ts';
import type { Shape } from '../draw/shape.ts';
import { svgOverview } from '../draw/svg/svg-overview.ts';
import { textWidth } from '../draw/svg/svg-text.ts';
import { crossings } from '../quality/crossings.ts';
import { denseMesh, withFailures } from '../quality/dense-mesh.ts';
import { coveredMarks, overlaps, strayMarks, throughCards } from '../quality/faults.ts';
import { sampleMeshes } from '../quality/recordings.ts';
import { sampleGraph } from '../quality/sample-graph.ts';
import { boxesOf } from '../scene/box-of.ts';
import { cardIdOf } from '../scene/card.ts';
import { linkIdOf, toLink } from '../scene/link.ts';
import { rankOf } from './line.ts';
import { LINE_CHOICES } from './line-choice.ts';
import { type Overview, toOverview } from './overview.ts';
import { type OverviewDetail, overviewDetail } from './overview-detail.ts';
import { overviewShapes } from './overview-shapes.ts';
import { drawnWords } from './overview-words.ts';

type Graph = Parameters<typeof toOverview>[0]['graph'];

const ROOM = { width: 1356, height: 732 };
const PHONE = { width: 358, height: 560 };
const ASK = {
  hidden: new Set<string>(),
  only: null,
  choice: 'strong',
  successTarget: 0.99,
  room: ROOM,
} as const;
const SIZES = [
  [100, 10],
  [300, 20],
  [1000, 60],
] as const;
const MESHES: { name: string; graph: Graph }[] = [
  ...sampleMeshes(1000)
    .filter(({ nodes }) => nodes.length > 60)
    .map((graph) => ({ name: graph.name, graph: withFailures(graph) })),
  ...SIZES.map(([workloads, boxes]) => ({ name: `${workloads} dense`, graph: denseMesh(workloads, boxes) })),
  ...SIZES.map(([workloads, boxes]) => ({
    name: `${workloads} in teams`,
    graph: teamMesh(workloads, boxes),
  })),
  { name: '14 namespaces', graph: oneHub(14) },
  { name: '70 namespaces', graph: oneHub(70) },
];
const graphOf = new Map(MESHES.map(({ name, graph }) => [name, graph]));
const made = new Map(MESHES.map(({ name, graph }) => [name, toOverview({ ...ASK, graph })]));

/** All call one, some in the clear, and each its neighbour. */
function oneHub(boxes: number): Graph {
  const name = (i: number) => `ns-${String(i).padStart(2, '0')}/deployment/web`;
  const hub = 'platform/deployment/api';
  const callers = Array.from({ length: boxes - 1 }, (_, i) => name(i));
  const edges = callers.flatMap((source, i) => [
    { source, target: hub, rps: 3, kind: 'http', lock: i % 9 === 5 ? 'plaintext' : 'secured' } as const,
    ...(i === 0 ? [] : [{ source, target: name(i - 1), rps: 1, kind: 'http', lock: 'secured' } as const]),
  ]);
  return sampleGraph({ nodes: [...callers, hub].map((id) => ({ id, namespace: null, type: '' })), edges });
}

function titles(shapes: readonly Shape[]): string[] {
  return shapes.flatMap((shape) =>
    shape.is === 'group' ? [...(shape.title ? [shape.title] : []), ...titles(shape.shapes)] : [],
  );
}

function drawnCard(card: Overview['cards'][number], { form }: Overview, detail: OverviewDetail) {
  return titles(overviewShapes(card, { form, detail, successTarget: 0.99, measure: textWidth }));
}

/** By card, seen from so far: edges with a fault that a line or a chip should have told, less those that are counted. */
function untold(graph: Graph, overview: Overview, detail = overviewDetail(overview.zoom)): object {
  const said = new Map(overview.cards.map((card) => [card.id, drawnCard(card, overview, detail)]));
  const chips = overview.cards.flatMap(({ id, chipsIn, chipsOut }) => {
    const starts = (start: string) => said.get(id)!.some((title) => title.startsWith(start));
    return [
      ...chipsIn.filter(({ label }) => starts(`called by ${label}: `)),
      ...chipsOut.filter(({ label }) => starts(`calls ${label}: `)),
    ].map(({ line }) => line);
  });
  const told = new Set([...overview.drawn, ...chips]);
  const tones = new Map(overview.lines.map(({ id, tone }) => [id, tone]));
  const folded = boxesOf(graph.nodes);
  const cardOf = new Map(graph.nodes.map((node) => [node.id, cardIdOf(node, folded)]));
  const missing = new Map(overview.cards.map(({ id }) => [id, 0]));
  for (const edge of graph.edges) {
    const [source, target] = [cardOf.get(edge.source)!, cardOf.get(edge.target)!];
    const rank = rankOf(toLink('', 'a', 'b', [edge], { successTarget: 0.99 }));
    if (rank === 5) continue;
    const line = linkIdOf(source, target, edge);
    // Where few of all its requests fail, a line is green.
    const isGreen = (rank === 0 || rank === 3) && !/bad|warn/.test(tones.get(line) ?? '');
    if (isGreen || !told.has(line)) missing.set(target, missing.get(target)! + 1);
  }
  for (const [id, all] of said)
    for (const [, number] of all.join(', ').matchAll(/([\d ]+) more edges? /g))
      missing.set(id, missing.get(id)! - Number(number!.replaceAll(/\D/g, '')));
  return Object.fromEntries([...missing].filter(([, count]) => count !== 0));
}

describe.each([...made.keys()])('the map of %s', (name) => {
  const graph = graphOf.get(name)!;
  const overview = made.get(name)!;

  it('tells each edge with a fault by a line, a chip that is there, or a number, from whatever afar', () => {
    expect(untold(graph, overview)).toEqual({});
    for (const detail of ['near', 'close', 'middle', 'far'] as const)
      expect(untold(graph, overview, detail)).toEqual({});
  });

  it('does so whatever is to be drawn, and counts on both cards each line that is not', () => {
    for (const choice of LINE_CHOICES) {
      const map = choice === 'strong' ? overview : toOverview({ ...ASK, graph, choice });
      expect(untold(graph, map)).toEqual({});
      const more = map.cards.reduce((sum, card) => sum + card.more, 0);
      expect(more).toBe(2 * (map.lines.length - map.drawn.length - map.chips.length));
    }
  });

  it('has as many chips as its words say when it opens', () => {
    const drawn = overview.cards
      .flatMap((card) => drawnCard(card, overview, overviewDetail(overview.zoom)))
      .filter((title) => /^call(s|ed by) /.test(title)).length;
    const said = /(\d+) as chips/.exec(drawnWords(overview, overviewDetail(overview.zoom)))?.[1] ?? 0;
    expect(drawn).toBeGreaterThanOrEqual(Number(said));
    expect(Number(said)).toBe(overview.chips.length);
  });

  it('can be read, without a carpet of lines to those that many call', () => {
    const px = overview.zoom * { near: 12.5, close: 14, middle: 17, far: 21 }[overviewDetail(overview.zoom)];
    expect(px).toBeGreaterThanOrEqual(10);
    const { layout } = overview;
    expect((layout.width * layout.height * overview.zoom ** 2) / (ROOM.width * ROOM.height)).toBeGreaterThan(
      0.5,
    );
    const boxOf = new Map(overview.cards.map(({ id }) => [id, null]));
    const faults = [throughCards(layout), overlaps(layout, boxOf), coveredMarks(layout), strayMarks(layout)];
    expect(faults.flat()).toEqual([]);
    expect(crossings(layout)).toBeLessThanOrEqual(1.5 * overview.drawn.length);
    const into = new Map<string, number>();
    for (const id of overview.drawn) {
      const target = id.split('>')[1]!;
      into.set(target, (into.get(target) ?? 0) + 1);
    }
    expect(Math.max(...into.values())).toBeLessThanOrEqual(5);
  });
});

describe('a hub', () => {
  it('is a chip on the cards of its callers where they have room', () => {
    const { form, chips, cards } = made.get('14 namespaces')!;
    expect([form.name, form.chips, chips.length]).toEqual(['large', true, 13]);
    const plain = cards.flatMap(({ chipsOut }) => chipsOut).filter(({ mark }) => mark === 'plaintext');
    expect(plain).toHaveLength(1);
  });

  it('has lines as all others on small cards: what is not secured first, the rest counted on both ends', () => {
    const { form, chips, drawn, lines, cards } = made.get('70 namespaces')!;
    expect([form.name, form.chips, chips]).toEqual(['small', false, []]);
    const into = lines.filter(({ id, target }) => target === 'folded:platform' && drawn.includes(id));
    expect(into).toHaveLength(5);
    const hub = cards.find(({ id }) => id === 'folded:platform')!;
    expect([hub.isHub, hub.calledBy, hub.more]).toEqual([true, 69, 64]);
    expect(hub.counts.lock).toBe(3);
    expect(into.every(({ mark }) => mark === 'plaintext')).toBe(true);
  });

  it('has lines where the map opens from so far that no chip is read, and keeps them', () => {
    const graph = graphOf.get('14 namespaces')!;
    const map = toOverview({ ...ASK, graph, room: PHONE });
    expect([overviewDetail(map.zoom), map.form.chips, map.chips]).toEqual(['far', false, []]);
    expect(untold(graph, map)).toEqual({});
    const again = toOverview({ ...ASK, graph, room: PHONE }, map.state, 10_000);
    expect([again.drawn, again.layout]).toEqual([map.drawn, map.layout]);
    const room = { width: 1356, height: 1400 };
    const wider = toOverview({ ...ASK, graph, room }, again.state, 20_000);
    expect(wider.chips).toHaveLength(13);
  });

  it('lights its chips on the cards of its callers, and no others', () => {
    const { form, cards } = made.get('14 namespaces')!;
    const caller = cards.find(({ id }) => id === 'folded:ns-03')!;
    const sight = { form, detail: 'near', successTarget: 0.99, measure: textWidth } as const;
    const lit = (hub: string | null) =>
      JSON.stringify(overviewShapes(caller, sight, hub)).includes('"accent"');
    expect([lit(null), lit('folded:platform'), lit('folded:ns-02')]).toEqual([false, true, false]);
  });

  it('says in a picture how many call it', () => {
    const options = { colours: LIGHT, title: '', successTarget: 0.99, latencyTargetMs: 1000, bounds: [] };
    expect(svgOverview(made.get('14 namespaces')!, options)).toContain('>13 call it<');
  });
});

describe('one failing call of many between two namespaces', () => {
  const callers = Array.from({ length: 200 }, (_, i) => `callers/deployment/caller-${i}`);
  const hub = 'shop/deployment/hub';
  const edges = callers.map((source) => {
    return { source, target: hub, rps: 1, kind: 'http', lock: 'secured' } as const;
  });
  const well = sampleGraph({
    nodes: [hub, ...callers].map((id) => ({ id, namespace: null, type: '' })),
    edges,
  });
  const graph: Graph = {
    ...well,
    edges: well.edges.map((edge, i) =>
      i === 7 ? { ...edge, http: { ...edge.http!, successRate: 0.5, failures: 30 } } : edge,
    ),
  };

  it('is counted on the card of the callee, for the line between them is green', () => {
    const overview = toOverview({ ...ASK, graph });
    expect(overview.lines.map(({ tone }) => tone)).toEqual(['good']);
    expect(overview.drawn).toHaveLength(1);
    expect(untold(graph, overview)).toEqual({});
  });
});
