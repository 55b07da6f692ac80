// Where the Graph view opens when the address says nothing of it: on a narrow screen at one neighbourhood, or as a matrix.

import { toScene } from '@latchwork/graph/scene/scene';
import type { Graph } from '@latchwork/shared/graph';
import type { Place } from '../../location/place.ts';
import { openingCard } from './canvas/pointing/opening-focus.ts';

/** Null: as it is. A map of many namespaces has no room on a narrow screen; a matrix has. */
export function openingPlace(
  graph: Pick<Graph, 'nodes' | 'edges'>,
  place: Place,
  { isLarge, isNarrow, successTarget }: { isLarge: boolean; isNarrow: boolean; successTarget: number },
): Partial<Place> | null {
  const { focus, selected, only, shape } = place;
  if (!isNarrow || focus !== null || selected !== null || only !== null || shape !== 'picture') return null;
  if (isLarge) return { shape: 'matrix' };
  const card = openingCard(toScene(graph, { successTarget }));
  return card === null ? null : { focus: card };
}
