import { describe, expect, it } from 'vitest';
import { LEAST_ZOOM } from '../draw/encode.ts';
import { layout } from '../layout/layout.ts';
import { crossings } from '../quality/crossings.ts';
import { denseMesh } from '../quality/dense-mesh.ts';
import { coveredMarks, throughCards } from '../quality/faults.ts';
import { recordedGraph, sampleMeshes } from '../quality/recordings.ts';
import { REST_IDS } from '../scene/rest.ts';
import { toScene } from '../scene/scene.ts';
import { estimatedSize } from './estimate.ts';
import { foldsThatFit } from './folds.ts';
import { cardsAtOnce, focusOf, isLarge } from './opening.ts';
import { toPicture } from './picture.ts';
import { type PictureAsk, stateOf } from './picture-shape.ts';

const AT = '2026-11-23T15:47:10Z';
const WISH = {
  focus: null,
  scope: [],
  folded: [],
  unfolded: [],
  hidden: [],
  only: null,
  lines: 'strong',
} as const;
const three = sampleMeshes(300).find(({ name }) => name === '0300-12')!;

function ask(
  graph: { nodes: PictureAsk['graph']['nodes']; edges: PictureAsk['graph']['edges'] },
  focus: string | null = null,
): PictureAsk {
  const namespaces = [
    ...new Set(graph.nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : []))),
  ];
  return {
    graph: { nodes: graph.nodes, edges: graph.edges, namespaces, at: AT },
    wish: { ...WISH, focus },
    byItself: new Set(),
    room: { width: 1356, height: 732 },
    successTarget: 0.99,
  };
}

describe('isLarge(graph)', () => {
  it('counts workloads with traffic, Services, and each kind of stranger once', () => {
    expect(cardsAtOnce(recordedGraph())).toBe(20);
    expect(isLarge(recordedGraph())).toBe(false);
    expect(isLarge(three)).toBe(true);
    const idle = {
      ...three.nodes.find(({ type }) => type === 'workload')!,
      id: 'x/deployment/idle',
      golden: null,
    };
    expect(cardsAtOnce({ nodes: [idle] as never, edges: [] })).toBe(0);
  });
});

describe('focusOf(graph, sight)', () => {
  it('opens the only namespace that was asked for', () => {
    const graph = { nodes: [], namespaces: ['a', 'b'] };
    expect(focusOf(graph, { focus: null, scope: ['a'] })).toBe('a');
    expect(focusOf(graph, { focus: null, scope: [] })).toBeNull();
    expect(focusOf(graph, { focus: 'folded:b', scope: [] })).toBe('b');
    expect(focusOf({ nodes: [], namespaces: ['a'] }, { focus: null, scope: [] })).toBe('a');
  });
});

describe('estimatedSize(scene)', () => {
  it('says about how large a picture will be, without laying it out', () => {
    for (const graph of [recordedGraph(), ...sampleMeshes(40)]) {
      const scene = toScene(graph);
      const [guess, real] = [estimatedSize(scene), layout(scene)];
      expect(guess.width / real.width).toBeGreaterThan(0.9);
      expect(guess.width / real.width).toBeLessThan(1.2);
      expect(guess.height / real.height).toBeGreaterThan(0.75);
      expect(guess.height / real.height).toBeLessThan(1.1);
    }
  });
});

describe('foldsThatFit(graph, wish, view, room)', () => {
  const view = { focus: null, hidden: new Set<string>(), successTarget: 0.99 };

  it('folds nothing where there is room', () => {
    expect(foldsThatFit(recordedGraph(), WISH, view, { width: 1400, height: 800 }).size).toBe(0);
  });

  it('folds the largest first, until names can be read', () => {
    const folded = foldsThatFit(recordedGraph(), WISH, view, { width: 560, height: null });
    expect(folded.size).toBeGreaterThan(0);
    expect([...folded][0]).toBe('storefront');
    const { width } = layout(toScene(recordedGraph(), { folded }));
    expect(560 / width).toBeGreaterThanOrEqual(LEAST_ZOOM);
  });

  it('leaves open what the reader opened', () => {
    const wish = { ...WISH, unfolded: ['storefront'] };
    expect(foldsThatFit(recordedGraph(), wish, view, { width: 560, height: null })).not.toContain(
      'storefront',
    );
  });
});

describe('toPicture(ask)', () => {
  it('is the whole graph while it is small, the map of a large one, and a namespace of it when one is open', () => {
    expect(toPicture(ask(recordedGraph())).kind).toBe('whole');
    expect(toPicture(ask(three)).kind).toBe('overview');
    expect(toPicture(ask(three, 'platform')).kind).toBe('open');
  });

  it('shows callers left and callees right, the worst by name and the rest as one', () => {
    const picture = toPicture(ask(three, 'platform'));
    if (picture.kind === 'overview') throw new Error('it is open');
    const { cards, links } = picture.scene;
    const left = cards.filter(({ side }) => side === 'left');
    expect(left).toHaveLength(8);
    expect(cards.find(({ id }) => id === REST_IDS.callers)?.label).toMatch(/^\d+ more callers$/);
    const places = new Map(picture.layout.cards.map(({ id, x }) => [id, x]));
    const inside = cards.filter(({ box }) => box === 'platform').map(({ id }) => places.get(id)!);
    for (const { id } of left) expect(places.get(id)!).toBeLessThan(Math.min(...inside));
    for (const { id } of cards.filter(({ side }) => side === 'right'))
      expect(places.get(id)!).toBeGreaterThan(Math.max(...inside));
    // Nothing is dropped: all edges of the namespace are on some line.
    const own = (id: string) => id.startsWith('platform/');
    const edges = three.edges.filter(({ source, target }) => own(source) || own(target));
    expect(links.flatMap((link) => link.edges).length).toBe(
      edges.filter(({ source, target }) => source !== target).length,
    );
  });

  it('opens every namespace of 300 workloads without a fault', () => {
    const namespaces = [
      ...new Set(three.nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : []))),
    ];
    let [crossed, drawn] = [0, 0];
    for (const namespace of namespaces.filter((_, i) => i % 3 === 0)) {
      const { layout: placed } = toPicture(ask(three, namespace));
      expect(throughCards(placed)).toEqual([]);
      expect(coveredMarks(placed)).toEqual([]);
      crossed += crossings(placed);
      drawn += placed.links.length;
    }
    expect(crossed / drawn).toBeLessThan(0.8);
  });

  it('keeps the neighbours by name when rates change a little', () => {
    const first = toPicture(ask(three, 'platform'));
    const edges = three.edges.map((edge, i) =>
      edge.http
        ? { ...edge, http: { ...edge.http, rps: edge.http.rps * (0.9 + (0.2 * ((i * 7919) % 10)) / 10) } }
        : edge,
    );
    const next = toPicture(ask({ ...three, edges }, 'platform'), stateOf(first));
    const places = (picture: typeof first) =>
      picture.layout.cards.map(({ id, x, y }) => `${id} ${x} ${y}`).sort();
    expect(places(next)).toEqual(places(first));
  });

  it('opens a namespace of 500 workloads on the worst sixty, and counts the rest', () => {
    const picture = toPicture(ask(denseMesh(500, 1)));
    if (picture.kind !== 'open') throw new Error('the only namespace is open');
    expect(picture.scene.cards.length).toBeLessThan(70);
    expect(picture.scene.cards.find(({ id }) => id === REST_IDS.inside)?.label).toMatch(
      /^4\d\d more workloads$/,
    );
  });
});
