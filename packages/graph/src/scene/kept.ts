// What a filter leaves of a scene: links that match, their ends, cards that an edge inside of matches.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import { edgeMatches, matches, type Only } from './only.ts';
import { plausibleEdge } from './plausible.ts';
import { REST_IDS } from './rest.ts';
import type { Scene } from './scene.ts';

/** `edges` are all of the graph. */
export function kept(scene: Scene, only: Only | null, edges: readonly Edge[], judge: Judge): Scene {
  if (only === null) return scene;
  const links = scene.links.filter((link) => matches(link, only));
  const left = new Set(links.flatMap(({ source, target }) => [source, target]));
  for (const id of matchingInside(scene, only, edges, judge)) left.add(id);
  const cards = scene.cards.filter(({ id }) => left.has(id));
  const open = new Set(cards.map(({ box }) => box));
  const boxes = scene.boxes.filter(({ id }) => open.has(id));
  return { ...scene, boxes, cards, links, leftOut: scene.cards.length - cards.length };
}

/** Cards with a matching edge between two that they stand for, which no link shows. */
function matchingInside({ cards }: Scene, only: Only, edges: readonly Edge[], judge: Judge): Set<string> {
  const places = new Map<string, { part: string; card: string }>();
  for (const card of cards)
    for (const part of partsOf(card))
      for (const { id } of part.nodes) places.set(id, { part: part.id, card: card.id });
  const found = new Set<string>();
  for (const edge of edges) {
    const [from, to] = [places.get(edge.source), places.get(edge.target)];
    if (from === undefined || from.part !== to?.part || found.has(from.card)) continue;
    if (edgeMatches(plausibleEdge(edge), only, judge)) found.add(from.card);
  }
  return found;
}

/** What stands at a side tells of each by itself; two of them may call each other, which is not of this picture. */
function partsOf(card: Scene['cards'][number]) {
  return card.standsFor && card.id !== REST_IDS.inside ? card.standsFor.cards : [card];
}
