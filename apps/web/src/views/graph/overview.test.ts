import { kept } from '@latchwork/graph/scene/kept';
import { matches } from '@latchwork/graph/scene/only';
import { toScene } from '@latchwork/graph/scene/scene';
import { describe, expect, it } from 'vitest';
import { toOverview } from './overview.ts';
import { STEADY } from './test-data/steady.ts';

const scene = toScene(STEADY);

describe('toOverview(graph, scene)', () => {
  it('counts what is drawn, and the share of requests', () => {
    const overview = toOverview(STEADY, scene);
    expect(overview).toMatchObject({ workloads: 17, edges: 30 });
    expect(overview.counts).toMatchObject({ plaintext: 8, mixed: 1, refused: 5, broken: 1 });
    expect(overview.requestsSecured).toBeCloseTo(0.68, 2);
  });

  it('has no share where nothing was measured', () => {
    expect(toOverview({ nodes: [], edges: [] }, toScene({ nodes: [], edges: [] }))).toMatchObject({
      requestsSecured: null,
      connectionsSecured: null,
      edges: 0,
    });
  });
});

describe('kept(scene, only)', () => {
  it('leaves the links that match, and their ends', () => {
    const mixed = kept(scene, 'mixed');
    expect(mixed.cards.map(({ label }) => label).sort()).toEqual(['cart', 'web']);
    expect(mixed.boxes.map(({ id }) => id)).toEqual(['storefront']);
    expect(mixed.links.every((link) => matches(link, 'mixed'))).toBe(true);
  });

  it('keeps no healthy, wholly secured link as a problem', () => {
    const problems = kept(scene, 'problems').links;
    expect(
      problems.some(
        ({ mark, tone, refusedRps }) => mark === 'secured' && tone === 'good' && refusedRps === 0,
      ),
    ).toBe(false);
    expect(problems.length).toBeGreaterThan(8);
  });

  it('is the scene itself without a filter', () => {
    expect(kept(scene, null)).toBe(scene);
  });
});
