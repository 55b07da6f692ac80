import { describe, expect, it } from 'vitest';
import { crossings, sharedPx } from '../quality/crossings.ts';
import { denseMesh, withFailures } from '../quality/dense-mesh.ts';
import { coveredMarks, overlaps, strayMarks, throughCards } from '../quality/faults.ts';
import { sampleMeshes } from '../quality/recordings.ts';
import { toLink } from '../scene/link.ts';
import { seeded } from './chance.ts';
import { rankOf } from './line.ts';
import { type Overview, toOverview, withLines } from './overview.ts';
import { overviewDetail } from './overview-detail.ts';
import { drawnWords } from './overview-words.ts';

type Graph = Parameters<typeof toOverview>[0]['graph'];

/** What a window of 1440 × 900 leaves. */
const ROOM = { width: 1356, height: 732 };
const ASK = {
  hidden: new Set<string>(),
  only: null,
  choice: 'strong',
  successTarget: 0.99,
  room: ROOM,
} as const;
const SAMPLES = sampleMeshes(1000)
  .filter(({ nodes }) => nodes.length > 60)
  .map((graph) => ({ name: graph.name, graph: withFailures(graph) as Graph }));
const DENSE = [
  [100, 10],
  [300, 20],
  [1000, 60],
].map(([workloads, namespaces]) => ({
  name: `${workloads} in ${namespaces}`,
  graph: denseMesh(workloads!, namespaces!) as Graph,
}));
const MESHES = [...SAMPLES, ...DENSE];
const made = new Map(MESHES.map(({ name, graph }) => [name, toOverview({ ...ASK, graph })]));
const three = SAMPLES.find(({ name }) => name === '0300-12')!.graph;

function faults({ layout, cards }: Pick<Overview, 'layout' | 'cards'>): string[] {
  const boxOf = new Map(cards.map(({ id }) => [id, null]));
  return [
    ...throughCards(layout),
    ...overlaps(layout, boxOf),
    ...coveredMarks(layout),
    ...strayMarks(layout),
  ];
}

/** Of a name on the screen. */
function namePx({ zoom }: Overview): number {
  return zoom * { near: 12.5, close: 14, middle: 17, far: 21 }[overviewDetail(zoom)];
}

describe.each(MESHES.map(({ name }) => name))('the map of %s', (name) => {
  const overview = made.get(name)!;

  it('can be read, fills the canvas, and has no fault', () => {
    expect(namePx(overview)).toBeGreaterThanOrEqual(10);
    const { width, height } = overview.layout;
    const used = (width * height * overview.zoom ** 2) / (ROOM.width * ROOM.height);
    expect(used).toBeGreaterThan(0.8);
    expect(faults(overview)).toEqual([]);
    expect(sharedPx(overview.layout, 0, 1.5)).toBe(0);
    expect(crossings(overview.layout)).toBeLessThanOrEqual(1.2 * overview.drawn.length);
  });

  it('shows each problem on a line, on a chip, or in a number on the card of the callee', () => {
    const { graph } = MESHES.find((mesh) => mesh.name === name)!;
    const told = new Set([...overview.drawn, ...overview.chips]);
    const shown = overview.lines.filter(({ id }) => told.has(id)).reduce((sum, { edges }) => sum + edges, 0);
    const counted = overview.cards.reduce(
      (sum, { counts }) => sum + counts.bad + counts.lock + counts.warn + counts.refused,
      0,
    );
    const problems = graph.edges.filter(
      (edge) => rankOf(toLink('', 'a', 'b', [edge], { successTarget: 0.99 })) < 5,
    ).length;
    expect(counted).toBeLessThanOrEqual(problems);
    expect(counted + shown).toBeGreaterThanOrEqual(problems);
    const hiddenLines = overview.cards.reduce((sum, { more }) => sum + more, 0);
    expect(hiddenLines).toBe(2 * (overview.lines.length - overview.drawn.length - overview.chips.length));
  });
});

describe('toOverview(ask, previous)', () => {
  it('does not depend on the order of its input', () => {
    const random = seeded(3);
    const shuffled = <T>(list: readonly T[]) =>
      list
        .map((item) => ({ item, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    const other = { nodes: shuffled(three.nodes), edges: shuffled(three.edges) };
    const again = toOverview({ ...ASK, graph: other });
    expect(again.layout).toEqual(made.get('0300-12')!.layout);
    expect(again.cards).toEqual(made.get('0300-12')!.cards);
  });

  it('moves nothing when rates change, and draws few lines anew', () => {
    const random = seeded(5);
    let [before, came] = [made.get('0300-12')!, 0];
    for (let refresh = 1; refresh <= 12; refresh++) {
      const edges = three.edges.map((edge) =>
        edge.http ? { ...edge, http: { ...edge.http, rps: edge.http.rps * (0.85 + 0.3 * random()) } } : edge,
      );
      const next = toOverview({ ...ASK, graph: { ...three, edges } }, before.state, refresh * 10_000);
      expect(next.state.cells).toEqual(before.state.cells);
      expect(faults(next)).toEqual([]);
      const drawn = new Set(before.drawn);
      came += next.drawn.filter((id) => !drawn.has(id)).length;
      before = next;
    }
    expect(came / 12).toBeLessThan(1);
  });

  it('puts a new namespace into a cell of its own and leaves the others where they are', () => {
    const [workload] = three.nodes.filter(({ type }) => type === 'workload');
    const extra = { ...workload!, id: 'brand-new/deployment/web', namespace: 'brand-new', name: 'web' };
    const first = made.get('0300-12')!;
    const next = toOverview(
      { ...ASK, graph: { ...three, nodes: [...three.nodes, extra] } } as never,
      first.state,
      1,
    );
    expect(next.cards.map(({ id }) => id)).toContain('folded:brand-new');
    for (const [id, place] of Object.entries(first.state.cells.places))
      expect(next.state.cells.places[id]).toEqual(place);
  });

  it('keeps cells and columns when the window changes', () => {
    const first = made.get('0300-12')!;
    const next = toOverview({ ...ASK, graph: three, room: { width: 1100, height: 900 } }, first.state, 1);
    expect(next.state.cells).toEqual(first.state.cells);
    expect(next.layout.width * next.zoom).toBeLessThanOrEqual(1101);
  });

  it('names hubs by chips and never draws a line to one', () => {
    const { state, lines, drawn, chips, cards } = made.get('0300-12')!;
    expect(state.hubs.called).toContain('folded:platform');
    const toPlatform = lines.filter(({ target }) => target === 'folded:platform').map(({ id }) => id);
    expect(toPlatform.filter((id) => drawn.includes(id))).toEqual([]);
    expect(toPlatform.every((id) => chips.includes(id))).toBe(true);
    expect(
      cards.flatMap(({ chipsOut }) => chipsOut).filter(({ hub }) => hub === 'folded:platform'),
    ).toHaveLength(toPlatform.length);
  });

  it('has no hubs where all call all', () => {
    expect(made.get('100 in 10')!.state.hubs).toEqual({ called: [], callers: [] });
  });

  it('draws all that is wrong first: nothing broken or failing is left to a number where a card has room', () => {
    for (const [name, overview] of made) {
      const told = new Set([...overview.drawn, ...overview.chips]);
      const drawn = overview.lines.filter(({ id }) => overview.drawn.includes(id));
      const isFull = (end: 'source' | 'target', card: string) =>
        drawn.filter((line) => line[end] === card).length >= 5;
      const missing = overview.lines.filter(
        ({ id, rank, source, target }) =>
          rank === 0 && !told.has(id) && !isFull('source', source) && !isFull('target', target),
      );
      if (!name.includes('in')) expect(missing).toEqual([]);
    }
  });

  it('shows problems alone, and as many as there is room for when all are asked for', () => {
    const problems = toOverview({ ...ASK, graph: three, choice: 'problems' });
    const ranks = new Map(problems.lines.map(({ id, rank }) => [id, rank]));
    expect(problems.drawn.every((id) => ranks.get(id)! < 5)).toBe(true);
    expect(toOverview({ ...ASK, graph: three, choice: 'all' }).drawn.length).toBeGreaterThan(
      made.get('0300-12')!.drawn.length,
    );
  });

  it('opens 400 namespaces of one workload in columns that are scrolled, not shrunk', () => {
    const overview = toOverview({ ...ASK, graph: denseMesh(400, 400) });
    expect(overview.zoom).toBeCloseTo(0.5, 1);
    expect(namePx(overview)).toBeGreaterThanOrEqual(10);
    expect(overview.layout.height * overview.zoom).toBeGreaterThan(ROOM.height);
  });
});

describe('withLines(overview, more)', () => {
  it('adds the lines of a card and moves no card', () => {
    const overview = made.get('100 in 10')!;
    const own = overview.lines.filter(({ source }) => source === 'folded:team-03');
    const layout = withLines(overview, own);
    expect(layout.cards).toEqual(overview.layout.cards);
    const drawn = new Set(layout.links.map(({ id }) => id));
    expect(own.every(({ id }) => drawn.has(id))).toBe(true);
  });
});

describe('a map of what is wrong alone', () => {
  const graph = denseMesh(300, 20) as Graph;
  const whole = toOverview({ ...ASK, graph });

  it('says of a card what it says on the whole map, and counts the cards that it leaves out', () => {
    const at = graph.edges.findIndex(({ lock, http }) => lock.state === 'secured' && http?.successRate === 1);
    const edge = graph.edges[at]!;
    const plain = { ...edge, lock: { ...edge.lock, state: 'plaintext' as const, securedShare: 0 } };
    const edges = graph.edges.filter(({ lock, http }) => lock.state === 'secured' && http?.successRate === 1);
    const one = { ...graph, edges: edges.map((other) => (other === edge ? plain : other)) };
    const all = toOverview({ ...ASK, graph: one });
    const only = toOverview({ ...ASK, graph: one, only: 'problems' });
    expect(only.cards.length).toBeLessThanOrEqual(2);
    expect(only.cards.length + only.leftOut.cards).toBe(all.cards.length);
    expect(drawnWords(only, 'near')).toContain(`${only.leftOut.cards} cards left out`);
    for (const { id, rps, successRate, securedShare } of only.cards)
      expect(all.cards.find((card) => card.id === id)).toMatchObject({ rps, successRate, securedShare });
  });

  it('leaves nothing out that is wrong', () => {
    const only = toOverview({ ...ASK, graph, only: 'problems' });
    expect(whole.leftOut.cards).toBe(0);
    const wrong = graph.edges.filter((edge) => rankOf(toLink('', 'a', 'b', [edge], ASK)) < 5);
    const told = only.lines.reduce((sum, { edges }) => sum + edges, 0);
    const inside = wrong.filter(({ source, target }) => source.split('/')[0] === target.split('/')[0]).length;
    expect(told + inside).toBe(wrong.length);
  });
});
