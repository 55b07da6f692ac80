import type { Edge } from '@latchwork/shared/edge';
import type { EmbedParams } from '@latchwork/shared/embed';
import { describe, expect, it } from 'vitest';
import { cardShapes } from '../draw/card-shapes.ts';
import { LEAST_ZOOM } from '../draw/encode.ts';
import { spokenCard } from '../draw/spoken.ts';
import { faultOf } from '../overview/fault-of.ts';
import { denseMesh } from '../quality/dense-mesh.ts';
import { sampleMeshes } from '../quality/recordings.ts';
import { sampleGraph } from '../quality/sample-graph.ts';
import { byEnds } from '../scene/links.ts';
import { REST_IDS } from '../scene/rest.ts';
import { securedShares } from '../scene/secured-shares.ts';
import { toPicture } from './picture.ts';
import { type GraphPicture, type PictureAsk, type PictureState, stateOf } from './picture-shape.ts';
import { toWish } from './wish.ts';

const DRAWING = {
  detail: 'near' as const,
  targets: { successTarget: 0.99, latencyTargetMs: 1000, bounds: [] },
  measure: (text: string, size: number) => 0.6 * size * text.length,
  labels: [],
  callers: new Set<string>(),
};
const ROOM = { width: 1356, height: 732 };
/** The caller that has the last name calls in the clear. */
function callersOf(hub: string, callers: number) {
  const sources = Array.from({ length: callers }, (_, i) => `callers/deployment/caller-${i}`);
  const edges = sources.map((source, i) => {
    const lock = i === callers - 1 ? ('plaintext' as const) : ('secured' as const);
    return { source, target: hub, rps: 1, kind: 'http', lock };
  });
  return sampleGraph({ nodes: [hub, ...sources].map((id) => ({ id, namespace: null, type: '' })), edges });
}
const edgeKey = ({ source, target }: Edge) => `${source}~${target}`;
const three = sampleMeshes(300).find(({ name }) => name === '0300-12')!;

function open(
  { nodes, edges }: Pick<PictureAsk['graph'], 'nodes' | 'edges'>,
  {
    previous,
    room = ROOM,
    ...asked
  }: EmbedParams & { previous?: PictureState | undefined; room?: typeof ROOM } = {},
  wish = toWish(asked),
): GraphPicture {
  const namespaces = [...new Set(nodes.flatMap((node) => ('namespace' in node ? [node.namespace] : [])))];
  const picture = toPicture(
    {
      graph: { nodes, edges, namespaces, at: '2026-11-23T15:47:10Z' },
      wish,
      byItself: new Set(),
      room,
      successTarget: 0.99,
    },
    previous,
  );
  if (picture.kind !== 'open') throw new Error('one namespace is open');
  return picture;
}

describe('openScene(graph, focus)', () => {
  it('knows what stands behind the card for the rest, and takes it for no place to look at', () => {
    const picture = open(three, { focus: 'platform' });
    const rest = picture.scene.cards.find(({ id }) => id === REST_IDS.callers)!;
    expect(`${rest.standsFor?.cards.length} more callers`).toBe(rest.label);
    const own = picture.scene.links.filter(({ source }) => source === rest.id);
    expect(rest.standsFor?.edges.length).toBe(own.flatMap(({ edges }) => edges).length);
    expect(toWish({ focus: REST_IDS.callers }).focus).toBeNull();
    expect(toWish({ focus: 'platform' }).focus).toBe('platform');
  });

  it('keeps a card for where the reader comes from', () => {
    const rest = open(three, { focus: 'platform' }).scene.cards.find(({ id }) => id === REST_IDS.callers)!;
    const last = rest.standsFor?.cards.at(-1);
    const wish = { ...toWish({ focus: 'platform' }), from: last?.home ?? null };
    const { scene } = open(three, { focus: 'platform' }, wish);
    expect(scene.cards.map(({ id }) => id)).toContain(last?.id);
    expect(scene.cards.find(({ id }) => id === rest.id)?.label).toBe(rest.label);
  });

  it('hides the rest with its lines', () => {
    const picture = open(three, { focus: 'platform', hidden: REST_IDS.callers });
    const ids = [...picture.scene.cards, ...picture.layout.cards].map(({ id }) => id);
    expect(ids).not.toContain(REST_IDS.callers);
    expect(picture.scene.links.map(({ source }) => source)).not.toContain(REST_IDS.callers);
  });

  it('tells of every failing edge of 500 workloads on a line, or counts it on the card for the rest', () => {
    const graph = denseMesh(500, 1);
    const picture = open(graph);
    const { cards, links } = picture.scene;
    const rest = cards.find(({ id }) => id === REST_IDS.inside)!;
    for (const kind of ['bad', 'lock', 'warn', 'refused'] as const) {
      const isOf = (edge: Edge) => faultOf(edge, { successTarget: 0.99 }) === kind;
      const drawn = links.flatMap(({ edges }) => edges).filter(isOf).length;
      expect(drawn + (rest.inside?.counts[kind] ?? 0), kind).toBe(graph.edges.filter(isOf).length);
    }
    // Who has something wrong has a card first.
    expect(rest.inside?.counts).toMatchObject({ bad: 0, warn: 0 });
    expect(rest.inside?.counts.lock).toBeGreaterThan(0);
    const told = new Set([...links.flatMap(({ edges }) => edges), ...rest.standsFor!.edges].map(edgeKey));
    expect(told.size).toBe(graph.edges.length);
    expect(spokenCard(rest, { successTarget: 0.99 })).toMatch(/inside it (\d+ failing|\d+ not encrypted)/);
    const drawing = JSON.stringify(
      cardShapes(rest, picture.layout.cards.find(({ id }) => id === rest.id)!, DRAWING),
    );
    expect(drawing).toContain('more edges not encrypted');
  });

  it('counts the shares of the rest over all edges of its workloads', () => {
    const graph = denseMesh(500, 1);
    const picture = open(graph);
    const rest = picture.scene.cards.find(({ id }) => id === REST_IDS.inside)!;
    const ids = new Set(rest.nodes.map(({ id }) => id));
    const own = graph.edges.filter(({ source, target }) => ids.has(source) || ids.has(target));
    expect(rest.shares).toEqual(securedShares([...own].sort(byEnds)));
    const into = own.filter(({ target }) => ids.has(target));
    expect(rest.traffic.rps).toBeCloseTo(into.reduce((sum, { http }) => sum + (http?.rps ?? 0), 0));
    expect(rest.traffic.successRate).toBeLessThan(1);
  });

  it('gives a card to who begins to fail, in the place of one that is well', () => {
    const graph = denseMesh(500, 1);
    const well = graph.edges.map((edge) => ({
      ...edge,
      http: edge.http && { ...edge.http, successRate: 1 },
      lock: { ...edge.lock, state: 'secured' as const, securedShare: 1 },
    }));
    const first = open({ ...graph, edges: well });
    const named = new Set(first.scene.cards.map(({ id }) => id));
    const at = well.findIndex(({ source, target }) => !named.has(source) && !named.has(target));
    const failing = well.map((edge, i) =>
      i === at ? { ...edge, http: edge.http && { ...edge.http, successRate: 0.5, failures: 30 } } : edge,
    );
    const next = open({ ...graph, edges: failing }, { previous: stateOf(first) });
    const now = next.scene.cards.map(({ id }) => id);
    expect(now).toContain(failing[at]!.target);
    expect(now.filter((id) => !named.has(id))).toHaveLength(1);
  });

  it.each([
    ['2,000 callers of one in another namespace', callersOf('shop/deployment/hub', 2000), 'callers'],
    ['59 callers of one beside them', callersOf('callers/deployment/hub', 59), 'callers'],
    ['500 that all call each other', denseMesh(500, 1), 'team-00'],
  ] as const)('has names that can be read: %s', (_, graph, focus) => {
    const { scene, layout } = open(graph, { focus });
    const zoom = Math.min(ROOM.width / layout.width, ROOM.height / layout.height);
    expect(zoom).toBeGreaterThanOrEqual(LEAST_ZOOM);
    const inside = scene.cards.filter(({ box }) => box === focus);
    const stands = inside.flatMap(({ standsFor, nodes }) =>
      standsFor ? standsFor.cards.flatMap((card) => card.nodes) : nodes,
    );
    if (stands.length > 1000) expect(inside.at(-1)?.label).toMatch(/^\d.\d{3} more workloads$/);
    expect(stands.length).toBe(
      graph.nodes.filter((node) => node.type === 'workload' && node.namespace === focus).length,
    );
    expect(inside.length).toBeGreaterThan(18);
  });

  it('keeps as many cards as were drawn, in a larger window too', () => {
    const graph = callersOf('shop/deployment/hub', 100);
    const room = { width: 1356, height: 2000 };
    const first = open(graph, { focus: 'callers', room: { width: 700, height: 500 } });
    const next = open(graph, { focus: 'callers', room, previous: stateOf(first) });
    expect(next.scene.cards.map(({ id }) => id)).toEqual(first.scene.cards.map(({ id }) => id));
    const anew = open(graph, { focus: 'callers', room });
    expect(anew.scene.cards.length).toBeGreaterThan(first.scene.cards.length);
  });

  it('counts on a folded neighbour what is wrong inside it', () => {
    const graph = denseMesh(300, 25);
    const picture = open(graph, { focus: 'team-00' });
    const folded = picture.scene.cards.filter(({ type }) => type === 'folded' || type === 'rest');
    const plain = graph.edges.filter(({ source, target, lock }) => {
      const [from, to] = [source, target].map((id) => id.split('/')[0]);
      return (
        from === to && from !== 'team-00' && lock.state === 'plaintext' && !source.startsWith('unmeshed')
      );
    });
    const boxes = new Set(folded.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
    const shown = plain.filter(({ source }) => boxes.has(source)).length;
    expect(shown).toBeGreaterThan(0);
    expect(folded.reduce((sum, { inside }) => sum + (inside?.counts.lock ?? 0), 0)).toBe(shown);
  });
});
