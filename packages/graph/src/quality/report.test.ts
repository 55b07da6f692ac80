import { describe, expect, it } from 'vitest';
import { layout } from '../layout/layout.ts';
import type { Layout, PlacedLink, Point } from '../layout/place.ts';
import { toScene } from '../scene/scene.ts';
import { crossings, sharedPx } from './crossings.ts';
import { coveredMarks, overlaps, strayMarks, throughBoxes, throughCards } from './faults.ts';
import { bendsOf, cleaned } from './polyline.ts';
import { recordedGraph } from './recordings.ts';

const empty = { ...layout(toScene({ nodes: [], edges: [] })) };

function link(id: string, points: [number, number][], more: Partial<PlacedLink> = {}): PlacedLink {
  const line: Point[] = points.map(([x, y]) => ({ x, y }));
  return { id, points: line, mark: null, refusedMark: null, splitMark: null, bundle: null, ...more };
}

const across = link('a>b', [
  [0, 50],
  [100, 50],
]);
const down = link('c>d', [
  [0, 0],
  [50, 0],
  [50, 100],
  [100, 100],
]);
const picture = (links: PlacedLink[], more: Partial<Layout> = {}): Layout => ({ ...empty, links, ...more });
const card = (id: string, x: number, y: number) => ({ id, x, y, width: 20, height: 20 });

describe('what is counted in a picture', () => {
  it('drops points on a straight line before it counts bends', () => {
    expect(
      cleaned([
        { x: 0, y: 0 },
        { x: 5, y: 0.2 },
        { x: 9, y: 0 },
        { x: 9, y: 7 },
      ]),
    ).toHaveLength(3);
    expect(bendsOf(down.points)).toBe(2);
  });

  it('is a crossing where two lines meet inside, not where they touch', () => {
    expect(crossings(picture([across, down]))).toBe(1);
    expect(
      crossings(
        picture([
          down,
          link('a>b', [
            [50, 50],
            [100, 50],
          ]),
        ]),
      ),
    ).toBe(0);
  });

  it('is no crossing inside one bundle', () => {
    const bundle = { id: 'x', size: 2, members: [], leads: true, x: 0, y: 0 };
    expect(
      crossings(
        picture([
          { ...across, bundle },
          { ...down, bundle },
        ]),
      ),
    ).toBe(0);
  });

  it('is a shared line where two lie on one another', () => {
    const beside = link('c>d', [
      [40, 51],
      [140, 51],
    ]);
    expect(
      sharedPx(
        picture([
          link('x>y', [
            [0, 0],
            [0, 50],
            [100, 50],
          ]),
          beside,
        ]),
        0,
        1.5,
      ),
    ).toBe(60);
    expect(
      sharedPx(
        picture([
          across,
          link('c>d', [
            [0, 52],
            [90, 52],
          ]),
        ]),
        1.5,
        3,
      ),
    ).toBe(90);
  });

  it('is a fault where a line runs through a card', () => {
    expect(throughCards(picture([across], { cards: [card('x', 40, 40)] }))).toEqual(['a>b through x']);
    expect(throughCards(picture([across], { cards: [card('x', 40, 50)] }))).toEqual([]);
  });

  it('is measured where a line runs through a foreign box', () => {
    const boxes = [{ id: 'n', x: 10, y: 0, width: 40, height: 90 }];
    expect(
      throughBoxes(
        picture([across], { boxes }),
        new Map([
          ['a', null],
          ['b', null],
        ]),
      ),
    ).toBe(40);
    expect(
      throughBoxes(
        picture([across], { boxes }),
        new Map([
          ['a', 'n'],
          ['b', null],
        ]),
      ),
    ).toBe(0);
  });

  it('is an overlap where cards lie on one another', () => {
    expect(overlaps(picture([], { cards: [card('x', 0, 0), card('y', 10, 10)] }), new Map())).toEqual([
      'x over y',
    ]);
  });

  it('is a covered mark where another line or a card lies on it', () => {
    const mark = { kind: 'secured' as const, x: 42, y: 42, width: 15, height: 15 };
    expect(coveredMarks(picture([{ ...across, mark }, down]))).toEqual(['mark of a>b under c>d']);
    expect(coveredMarks(picture([{ ...across, mark }], { cards: [card('x', 50, 50)] }))).toHaveLength(1);
  });

  it('is a stray mark where its line is not level below it', () => {
    const mark = { kind: 'secured' as const, x: 30, y: 92, width: 15, height: 15 };
    expect(strayMarks(picture([{ ...down, mark }]))).toEqual(['c>d']);
    expect(strayMarks(picture([{ ...down, mark: { ...mark, x: 60 } }]))).toEqual([]);
  });
});

it('recordedGraph(name) has no edge without its ends', () => {
  const { nodes, edges } = recordedGraph();
  const ids = new Set(nodes.map(({ id }) => id));
  expect(edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
});
