// Where on a map of boxes something selected is: known from names alone, without adding up what it stands for.

import type { Line } from '@latchwork/graph/overview/line';
import type { Overview } from '@latchwork/graph/overview/overview';
import { boxOf } from '@latchwork/graph/scene/box-of';
import { cardIdOf } from '@latchwork/graph/scene/card';
import { linkIdOf } from '@latchwork/graph/scene/link';
import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';

/** `cardId` for a node or a card, `line` for an edge or a line; null where the map has none. */
export function placeOnMap(
  selected: string,
  { nodes, edges }: Pick<Graph, 'nodes' | 'edges'>,
  { cards, lines }: Pick<Overview, 'cards' | 'lines'>,
): { cardId: string | null; line: Line | null } {
  const cardOf = (id: string) => {
    const node = nodes.find((one) => one.id === id);
    return node ? cardIdOf(node, new Set([boxOf(node) ?? ''])) : id;
  };
  const ends = edgeEnds(selected);
  if (!ends) {
    const card = cardOf(selected);
    return { cardId: cards.some(({ id }) => id === card) ? card : null, line: null };
  }
  const edge = edges.find(({ source, target }) => source === ends.source && target === ends.target);
  const id = edge
    ? linkIdOf(cardOf(edge.source), cardOf(edge.target), edge)
    : `${ends.source}>${ends.target}`;
  return { cardId: null, line: lines.find((line) => line.id === id) ?? null };
}
