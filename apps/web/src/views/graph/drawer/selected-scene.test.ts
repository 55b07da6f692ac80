import { denseMesh } from '@latchwork/graph/quality/dense-mesh';
import { boxesOf } from '@latchwork/graph/scene/box-of';
import { type Scene, toScene } from '@latchwork/graph/scene/scene';
import type { Edge } from '@latchwork/shared/edge';
import { describe, expect, it } from 'vitest';
import { selectedScene } from './selected-scene.ts';
import { cardSelection, linkSelection, toSelection } from './selection.ts';

const JUDGE = { successTarget: 0.99 };
const graph = denseMesh(300, 25);
const whole = toScene(graph, { folded: boxesOf(graph.nodes), ...JUDGE });

/** Of which every look at the numbers is counted. */
function watched(edges: readonly Edge[]) {
  const looked = new Set<number>();
  const spied = edges.map((edge, i) => ({
    ...edge,
    get http() {
      looked.add(i);
      return edge.http;
    },
  }));
  return { edges: spied, looked };
}

/** Of a line's ends only the names are told. */
function told(selected: string, scene: Scene) {
  const found = toSelection(selected, graph, scene, JUDGE);
  if (found?.kind !== 'link') return found;
  const ends = [found.link.source, found.link.target];
  const names = found.cards.flatMap(({ id, label, type }) => (ends.includes(id) ? [[id, label, type]] : []));
  return { ...found, cards: names.sort() };
}

describe('selectedScene(graph, selected, isFolded, judge)', () => {
  it('says of each card and line of a map what the scene of all of it says', () => {
    const same = (selected: string) =>
      expect(told(selected, selectedScene(graph, selected, true, JUDGE))).toEqual(told(selected, whole));
    for (const link of whole.links.slice(0, 40)) same(linkSelection(link));
    for (const card of whole.cards) same(cardSelection(card));
    const [node] = graph.nodes;
    same(node!.id);
    same('nobody');
    same('nobody~nobody');
  });

  it('adds up the edges of what is selected alone', () => {
    const [line] = whole.links.filter(({ edges }) => edges.length > 1);
    const pair = watched(graph.edges);
    selectedScene({ nodes: graph.nodes, edges: pair.edges }, linkSelection(line!), true, JUDGE);
    expect(pair.looked.size).toBe(line!.edges.length);
    const box = watched(graph.edges);
    selectedScene({ nodes: graph.nodes, edges: box.edges }, 'folded:team-03', true, JUDGE);
    const isOf = (id: string) => id.startsWith('team-03/');
    const own = graph.edges.filter(({ source, target }) => isOf(source) || isOf(target));
    expect(box.looked.size).toBe(own.length);
    expect(own.length).toBeLessThan(graph.edges.length / 8);
  });
});
