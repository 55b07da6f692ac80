import { edgeId } from '@latchwork/shared/edge-id';
import { expect, it } from 'vitest';
import { calls, meshOf } from '../../../test/inputs/mesh-of.ts';
import { createNeighbours } from './neighbours.ts';

const id = (name: string) => `shop/deployment/${name}`;
const between = (source: string, target: string) => edgeId(id(source), id(target));

/** Two entrances before a, which calls b, which calls c and is called back by it. */
const outbound = [
  ['x', 'a'],
  ['y', 'a'],
  ['a', 'b'],
  ['z', 'b'],
  ['b', 'c'],
  ['c', 'b'],
].map(([from, to]) => calls(`shop/${from}`, `shop/${to}`, 1));
const neighbours = createNeighbours(meshOf({ outbound }).picture(false).edges);

it.each([
  ['everybody before a node', [id('b')], 5],
  ['of an edge its source and whoever is before that', [between('a', 'b')], 3],
  ['each once, however many ways lead there', [between('a', 'b'), between('z', 'b')], 4],
  [
    'those before a place that is before another, and neither of them',
    [between('a', 'b'), between('b', 'c')],
    4,
  ],
  ['nobody before an entrance', [id('x')], 0],
  ['nobody before what is not there', [id('gone')], 0],
])('counts %s', (_what, places, count) => {
  expect(neighbours.countAffected(places)).toBe(count);
});

it('names the callers of a place, the source of an edge', () => {
  expect([...neighbours.callersOf(id('a'))].sort()).toEqual([id('x'), id('y')]);
  expect(neighbours.callersOf(between('a', 'b'))).toEqual([id('a')]);
});
