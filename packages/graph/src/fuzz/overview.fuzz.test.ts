import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DARK } from '../draw/palette.ts';
import { svgOverview } from '../draw/svg/svg-overview.ts';
import { openScene } from '../fold/open-scene.ts';
import { layout } from '../layout/layout.ts';
import { foldTallColumns } from '../layout/placing/tall-columns.ts';
import { toOverview } from '../overview/overview.ts';
import { absurdGraph } from './absurd-graph.ts';

const RUNS = { seed: 20261123, numRuns: 100 };
const ASK = {
  hidden: new Set<string>(),
  only: null,
  successTarget: 0.99,
  room: { width: 1200, height: 700 },
};

describe('toOverview(ask)', () => {
  it('draws or counts whatever a graph says, without a number that is none', () => {
    fc.assert(
      fc.property(absurdGraph, fc.constantFrom('strong', 'problems', 'all'), (graph, choice) => {
        const overview = toOverview({ ...ASK, graph, choice } as const);
        const told = overview.drawn.length + overview.chips.length;
        expect(told).toBeLessThanOrEqual(overview.lines.length);
        const options = { colours: DARK, title: '', successTarget: 0.99, latencyTargetMs: 1000, bounds: [] };
        expect(svgOverview(overview, options)).not.toMatch(/NaN|Infinity|undefined/);
        const again = toOverview({ ...ASK, graph, choice } as const, overview.state, 1000);
        expect(again.layout.cards).toEqual(overview.layout.cards);
      }),
      RUNS,
    );
  });
});

describe('openScene(graph, focus)', () => {
  it('can be laid out whatever is opened', () => {
    fc.assert(
      fc.property(absurdGraph, fc.nat(), (graph, at) => {
        const node = graph.nodes[at % graph.nodes.length]!;
        for (const focus of ['a', 'unmeshed', 'external', node.id]) {
          const scene = openScene(
            graph,
            focus,
            { width: 1200, height: 800 },
            { hidden: new Set(), successTarget: 0.99 },
          );
          expect(JSON.stringify(layout(scene, undefined, 0, foldTallColumns).cards)).not.toMatch(/null|NaN/);
        }
      }),
      RUNS,
    );
  });
});
