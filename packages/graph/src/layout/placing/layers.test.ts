import { describe, expect, it } from 'vitest';
import { type SampleMesh, sampleGraph } from '../../quality/sample-graph.ts';
import { toScene } from '../../scene/scene.ts';
import { toBoard } from '../board.ts';
import { callsBack } from './cycles.ts';
import { layers } from './layers.ts';
import { foldTallColumns } from './tall-columns.ts';

function boardOf(calls: readonly [string, string, number][]) {
  const edges = calls.map(([source, target, rps]) => ({
    source,
    target,
    rps,
    kind: 'http',
    lock: 'secured' as const,
  }));
  const ids = [...new Set(calls.flatMap((call) => call.slice(0, 2) as string[]))];
  const mesh: SampleMesh = { nodes: ids.map((id) => ({ id, namespace: null, type: '' })), edges };
  return toBoard(toScene(sampleGraph(mesh)));
}

const id = (name: string, namespace = 'n') => `${namespace}/deployment/${name}`;

describe('callsBack(board)', () => {
  it('breaks a cycle at its weakest link', () => {
    const board = boardOf([
      [id('a'), id('b'), 9],
      [id('b'), id('c'), 5],
      [id('c'), id('a'), 1],
    ]);
    const back = callsBack(board);
    expect(board.links.filter((_, e) => back[e])).toEqual([`${id('c')}>${id('a')}`]);
  });

  it('finds nothing where there is no cycle', () => {
    expect([...callsBack(boardOf([[id('a'), id('b'), 1]]))]).toEqual([0]);
  });
});

describe('layers(board)', () => {
  const layerOf = (calls: [string, string, number][]) => {
    const board = boardOf(calls);
    const found = layers(board);
    return Object.fromEntries(board.cards.map((card, i) => [card.split('/').at(-1), found[i]]));
  };

  it('puts callees right of all their callers', () => {
    const calls: [string, string, number][] = [
      [id('a'), id('b'), 1],
      [id('b'), id('c'), 1],
      [id('a'), id('c'), 1],
    ];
    expect(layerOf(calls)).toEqual({ a: 0, b: 1, c: 2 });
  });

  it('moves a caller with room next to the one it calls', () => {
    const calls: [string, string, number][] = [
      [id('a'), id('b'), 1],
      [id('b'), id('c'), 1],
      [id('job', 'm'), id('c'), 1],
    ];
    expect(layerOf(calls)).toMatchObject({ job: 1, c: 2 });
  });

  it('leaves the callers without a proxy at the left', () => {
    const calls: [string, string, number][] = [
      [id('a'), id('b'), 1],
      [`unmeshed:${id('b')}`, id('b'), 1],
    ];
    expect(layerOf(calls)).toMatchObject({ unmeshed: 0 });
  });

  it('makes several columns of one that is too tall between two sides, those who call out furthest right', () => {
    const inside = Array.from({ length: 14 }, (_, i) => `in-${i}`);
    const calls = inside.map((name, i): [string, string, number] =>
      i < 7 ? [id('caller', 'l'), id(name), 1] : [id(name), id('callee', 'r'), 1],
    );
    const board = boardOf(calls);
    const sideOf = (card: string) =>
      card === id('caller', 'l') ? 'left' : card === id('callee', 'r') ? 'right' : null;
    const found = layers({ ...board, sides: board.cards.map(sideOf) }, foldTallColumns);
    const columnOf = (card: string) => found[board.cards.indexOf(card)];
    expect([columnOf(id('caller', 'l')), columnOf(id('callee', 'r'))]).toEqual([0, 3]);
    expect(inside.map((name) => columnOf(id(name)))).toEqual([...Array(7).fill(1), ...Array(7).fill(2)]);
  });
});
