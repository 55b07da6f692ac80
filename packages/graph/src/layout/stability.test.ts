import type { Edge } from '@latchwork/shared/edge';
import type { Node, WorkloadNode } from '@latchwork/shared/node';
import { describe, expect, it } from 'vitest';
import { seeded } from '../overview/chance.ts';
import { recordedGraph, sampleMeshes } from '../quality/recordings.ts';
import { report } from '../quality/report.ts';
import { changedLinks, movedCards, movedSideways } from '../quality/stability.ts';
import { toScene } from '../scene/scene.ts';
import { layout } from './layout.ts';

interface Graph {
  name: string;
  nodes: Node[];
  edges: Edge[];
}

const TRIALS = 40;
const meshes: Graph[] = [
  recordedGraph(),
  ...sampleMeshes(60).filter(({ name }) => ['0025-6', '0040-8', '0060-10'].includes(name)),
];
const fresh = new Map(meshes.map((mesh) => [mesh.name, layout(toScene(mesh))]));

function trials(mesh: Graph, change: (graph: Graph, random: () => number) => Graph) {
  const random = seeded(7);
  const before = fresh.get(mesh.name)!;
  return Array.from({ length: TRIALS }, () => {
    const scene = toScene(change(mesh, random));
    const after = layout(scene, before.state);
    return { before, after, made: report(scene, after) };
  });
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}

function workloads(nodes: readonly Node[]): WorkloadNode[] {
  return nodes.filter((node) => node.type === 'workload');
}

function withoutAnEdge({ name, nodes, edges }: Graph, random: () => number): Graph {
  const gone = pick(edges, random);
  return { name, nodes, edges: edges.filter((edge) => edge !== gone) };
}

function withANewEdge({ name, nodes, edges }: Graph, random: () => number): Graph {
  const known = new Set(edges.map(({ source, target }) => `${source} ${target}`));
  for (;;) {
    const [source, target] = [pick(workloads(nodes), random).id, pick(workloads(nodes), random).id];
    if (source === target || known.has(`${source} ${target}`)) continue;
    return { name, nodes, edges: [...edges, { ...edges.find(({ http }) => http)!, source, target }] };
  }
}

function withoutAWorkload({ name, nodes, edges }: Graph, random: () => number): Graph {
  const { id } = pick(workloads(nodes), random);
  return {
    name,
    nodes: nodes.filter((node) => node.id !== id),
    edges: edges.filter(({ source, target }) => source !== id && target !== id),
  };
}

function withAWorkload({ name, nodes, edges }: Graph, random: () => number, namespace?: string): Graph {
  const like = pick(workloads(nodes), random);
  const home = namespace ?? like.namespace;
  const id = `${home}/deployment/zz-new`;
  const called: Edge = {
    ...edges.find(({ http }) => http)!,
    source: pick(workloads(nodes), random).id,
    target: id,
  };
  return {
    name,
    nodes: [...nodes, { ...like, id, namespace: home, name: 'zz-new' }],
    edges: [...edges, called],
  };
}

describe.each(meshes)('$name, laid out again', (mesh) => {
  it('moves nothing when an edge goes', () => {
    for (const { before, after } of trials(mesh, withoutAnEdge)) {
      expect(movedCards(before, after)).toEqual([]);
      expect(changedLinks(before, after)).toEqual([]);
    }
  });

  it('moves nothing when an edge comes', () => {
    for (const { before, after, made } of trials(mesh, withANewEdge)) {
      expect(movedCards(before, after)).toEqual([]);
      expect(changedLinks(before, after)).toEqual([]);
      expect([made.sharedPx, made.throughCards, made.overlaps]).toEqual([0, [], []]);
    }
  });

  it('moves nothing when a workload goes', () => {
    for (const { before, after } of trials(mesh, withoutAWorkload)) {
      expect(movedCards(before, after)).toEqual([]);
      expect(changedLinks(before, after)).toEqual([]);
    }
  });

  it('moves nothing in nine of ten when a workload comes, and nothing sideways ever', () => {
    const all = trials(mesh, (graph, random) => withAWorkload(graph, random));
    const still = all.filter(({ before, after }) => movedCards(before, after).length === 0);
    expect(still.length).toBeGreaterThanOrEqual(0.9 * TRIALS);
    for (const { before, after, made } of all) {
      expect(movedSideways(before, after)).toEqual([]);
      expect([made.throughCards, made.overlaps]).toEqual([[], []]);
    }
  });

  it('moves nothing when a namespace comes', () => {
    for (const { before, after, made } of trials(mesh, (graph, random) =>
      withAWorkload(graph, random, 'brand-new'),
    )) {
      expect(movedCards(before, after)).toEqual([]);
      expect([made.throughCards, made.overlaps]).toEqual([[], []]);
    }
  });

  it('folds each namespace in place, and unfolds it to the picture of before', () => {
    const before = fresh.get(mesh.name)!;
    for (const { id } of toScene(mesh).boxes) {
      const scene = toScene(mesh, { folded: new Set([id]) });
      const folded = layout(scene, before.state);
      expect(movedCards(before, folded)).toEqual([]);
      expect(folded.cards.find((card) => card.id === `folded:${id}`)).toMatchObject({
        width: 148,
        height: 84,
      });
      expect(report(scene, folded).overlaps).toEqual([]);
      const { state: _state, ...unfolded } = layout(toScene(mesh), folded.state);
      const { state: _before, ...drawn } = before;
      expect(JSON.stringify(unfolded)).toBe(JSON.stringify(drawn));
    }
  });

  it('stays as it is when nothing changed', () => {
    const before = fresh.get(mesh.name)!;
    expect(layout(toScene(mesh), before.state)).toEqual(before);
  });
});

describe('a place that was left', () => {
  const mesh = meshes[0]!;
  const before = fresh.get(mesh.name)!;
  const without = withoutAWorkload(mesh, seeded(3));

  it('is taken again by whoever left it, within ten minutes', () => {
    const gone = layout(toScene(without), before.state, 1000);
    const back = layout(toScene(mesh), gone.state, 500_000);
    expect(movedCards(before, back)).toEqual([]);
    expect(back.cards).toEqual(before.cards);
  });

  it('is forgotten after ten minutes', () => {
    const gone = layout(toScene(without), before.state, 1000);
    const later = layout(toScene(without), gone.state, 601_000);
    expect(Object.values(later.state.cards).every(({ goneMs }) => goneMs === null)).toBe(true);
  });
});

describe('a picture of which little is left', () => {
  it('is laid out anew', () => {
    const [first, second] = [meshes[0]!, meshes[1]!];
    const made = layout(toScene(second), fresh.get(first.name)!.state);
    expect(made.cards).toEqual(fresh.get(second.name)!.cards);
  });
});
