import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layout } from '../layout/layout.ts';
import type { Layout } from '../layout/place.ts';
import { toScene } from '../scene/scene.ts';
import { absurdGraph } from './absurd-graph.ts';

const RUNS = { seed: 20261123, numRuns: 250 };

function expectPlaces({ x, y, width, height, boxes, cards, links }: Layout): void {
  const numbers = [
    ...[x, y, width, height],
    ...[...boxes, ...cards].flatMap((place) => [place.x, place.y, place.width, place.height]),
    ...links.flatMap(({ points, mark }) => [
      ...points.flatMap((point) => [point.x, point.y]),
      ...(mark ? [mark.x, mark.y] : []),
    ]),
  ];
  expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
}

describe('layout(scene, previous)', () => {
  it('places whatever a graph says, and ends', () => {
    fc.assert(
      fc.property(absurdGraph, (graph) => {
        const placed = layout(toScene(graph));
        expect(placed.cards.length).toBeGreaterThanOrEqual(0);
        expectPlaces(placed);
      }),
      RUNS,
    );
  });

  it('keeps the places of one absurd graph in the next', () => {
    fc.assert(
      fc.property(absurdGraph, absurdGraph, (before, after) => {
        expectPlaces(layout(toScene(after), layout(toScene(before)).state, 1));
      }),
      { ...RUNS, numRuns: 120 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1, -1e308])('ends for a rate of %d', (rps) => {
    const node = (name: string) =>
      ({
        type: 'workload',
        id: `a/deployment/${name}`,
        namespace: 'a',
        kind: 'deployment',
        name,
        golden: null,
        denied: null,
        meshed: true,
      }) as const;
    const names = ['v', 'w', 'x', 'y', 'z'];
    const edges = names.flatMap((from) =>
      names.map((to) => ({
        source: node(from).id,
        target: node(to).id,
        http: {
          rps,
          successRate: rps,
          requests: rps,
          failures: rps,
          p50Ms: rps,
          p95Ms: rps,
          p99Ms: rps,
          securedShare: rps,
        },
        tcp: null,
        lock: { state: 'secured' as const, securedShare: 1, reasons: [], clientIds: [], serverIds: [] },
        ...{ refused: null, refusedShare: null, unreached: null, notes: [] },
      })),
    );
    expectPlaces(layout(toScene({ nodes: names.map(node), edges })));
  });
});
