import { describe, expect, it } from 'vitest';
import { recordedGraph } from '../quality/recordings.ts';
import type { Card } from './card.ts';
import { kept } from './kept.ts';
import { matches, type Only } from './only.ts';
import { REST_IDS } from './rest.ts';
import { toScene } from './scene.ts';

const STEADY = recordedGraph();
const JUDGE = { successTarget: 0.99 };
const scene = toScene(STEADY);
const isInStorefront = (id: string) => id.startsWith('storefront/');

describe('kept(scene, only, edges, judge)', () => {
  it('leaves the links that match, and their ends', () => {
    const mixed = kept(scene, 'mixed', STEADY.edges, JUDGE);
    expect(mixed.cards.map(({ label }) => label).sort()).toEqual(['cart', 'web']);
    expect(mixed.boxes.map(({ id }) => id)).toEqual(['storefront']);
    expect(mixed.leftOut).toBe(scene.cards.length - 2);
    expect(mixed.links.every((link) => matches(link, 'mixed'))).toBe(true);
  });

  it('keeps no healthy, wholly secured link as a problem', () => {
    const problems = kept(scene, 'problems', STEADY.edges, JUDGE).links;
    expect(
      problems.some(
        ({ mark, tone, refusedRps }) => mark === 'secured' && tone === 'good' && refusedRps === 0,
      ),
    ).toBe(false);
    expect(problems.length).toBeGreaterThan(8);
  });

  it('is the scene itself without a filter', () => {
    expect(kept(scene, null, STEADY.edges, JUDGE)).toBe(scene);
  });

  it('leaves a folded box for what is inside it alone', () => {
    const inside = STEADY.edges.filter(({ source, target }) => [source, target].every(isInStorefront));
    const folded = toScene({ ...STEADY, edges: inside }, { folded: new Set(['storefront']) });
    const left = (only: Only) => kept(folded, only, inside, JUDGE).cards.map(({ id }) => id);
    expect(folded.links).toEqual([]);
    expect(left('mixed')).toEqual(['folded:storefront']);
    expect(left('plaintext')).toEqual([]);
  });

  it('leaves the rest at a side for what is inside one of its boxes, not for what is between two', () => {
    const [edge] = STEADY.edges.filter(({ lock }) => lock.state === 'mixed');
    const { source, target } = edge!;
    const boxed = (id: string, ids: readonly string[]): Card => ({
      ...scene.cards[0]!,
      id,
      nodes: STEADY.nodes.filter((node) => ids.includes(node.id)),
    });
    const rest = (cards: readonly Card[]): Card => ({
      ...boxed(REST_IDS.callers, [source, target]),
      box: null,
      standsFor: { cards, edges: [] },
    });
    const left = (cards: readonly Card[]) =>
      kept({ boxes: [], cards: [rest(cards)], links: [] }, 'mixed', STEADY.edges, JUDGE).cards.length;
    expect(left([boxed('folded:a', [source, target])])).toBe(1);
    expect(left([boxed('folded:a', [source]), boxed('folded:b', [target])])).toBe(0);
  });
});
