// The edges that the address asks for, one by one: what the table shows, and the same as a file.

import type { Judge } from '@latchwork/figures/targets';
import { nodesInFocus } from '@latchwork/graph/scene/in-focus';
import { toLink } from '@latchwork/graph/scene/link';
import { matches } from '@latchwork/graph/scene/only';
import type { Edge } from '@latchwork/shared/edge';
import type { Graph } from '@latchwork/shared/graph';
import type { Place } from '../../../location/place.ts';

/** With nothing folded: each edge is of a kind by itself. */
export function shownEdges(
  { nodes, edges }: Pick<Graph, 'nodes' | 'edges'>,
  { only, focus }: Pick<Place, 'only' | 'focus'>,
  judge: Judge,
): readonly Edge[] {
  const inFocus = nodesInFocus(nodes, focus);
  return edges.filter(
    (edge) =>
      (inFocus === null || inFocus.has(edge.source) || inFocus.has(edge.target)) &&
      (only === null || matches(toLink('', edge.source, edge.target, [edge], judge), only)),
  );
}
