// What is wrong between two that one card stands for, where no line says so: counted by kind, in signs and in words.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import { addedCounts, countShapes, countWords } from '../overview/count-shapes.ts';
import { faultOf } from '../overview/fault-of.ts';
import type { Card, Inside } from '../scene/card.ts';
import { type FaultCounts, NO_FAULTS } from '../scene/fault-counts.ts';

const SIZE = 11;
const ROOM = 110;

/** Made where no font can be asked: a digit of the page's is about as wide. */
const measure = (text: string) => 0.6 * SIZE * text.length;

export function faultsOf(edges: readonly Edge[], judge: Judge): FaultCounts {
  const counts = { ...NO_FAULTS };
  for (const edge of edges) {
    const kind = faultOf(edge, judge);
    if (kind !== undefined) counts[kind] += 1;
  }
  return counts;
}

/** With what those say that it stands for; null where nothing is wrong. */
export function toInside(own: FaultCounts, parts: readonly Card[] = []): Inside | null {
  const counts = parts.reduce((sum, { inside }) => (inside ? addedCounts(sum, inside.counts) : sum), own);
  const words = countWords(counts);
  if (words.length === 0) return null;
  const { shapes, left } = countShapes(counts, 0, 0, SIZE, measure, ROOM);
  return { counts, words: `inside it ${words.join(', ')}`, shapes, width: -left };
}

/** Folded boxes with what is wrong between two of their own. */
export function withInside(cards: readonly Card[], edges: readonly Edge[], judge: Judge): Card[] {
  const folded = cards.filter(({ type }) => type === 'folded');
  const boxOf = new Map(folded.flatMap(({ id, nodes }) => nodes.map((node) => [node.id, id] as const)));
  const own = new Map<string, Edge[]>(folded.map(({ id }) => [id, []]));
  for (const edge of edges) {
    const box = boxOf.get(edge.source);
    if (box !== undefined && box === boxOf.get(edge.target)) own.get(box)?.push(edge);
  }
  return cards.map((card) => {
    const inside = toInside(faultsOf(own.get(card.id) ?? [], judge));
    return inside ? { ...card, inside } : card;
  });
}
