// What of a graph's scene a selection needs, where no picture has one: its card or its line, made of their own edges alone.

import type { Judge } from '@latchwork/figures/targets';
import { type ByLabel, boxesOf } from '@latchwork/graph/scene/box-of';
import { cardIdOf } from '@latchwork/graph/scene/card';
import { type Scene, toScene } from '@latchwork/graph/scene/scene';
import { edgeEnds } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';

const NOTHING: ReadonlySet<string> = new Set();

/** `isFolded`: as on a map, where boxes are cards. `selected`: a node or an edge, a card or a line. */
export function selectedScene(
  { nodes, edges, by }: Pick<Graph, 'nodes' | 'edges'> & ByLabel,
  selected: string,
  isFolded: boolean,
  judge: Judge,
): Scene {
  const folded = isFolded ? boxesOf(nodes) : NOTHING;
  const cardOf = new Map(nodes.map((node) => [node.id, cardIdOf(node, folded)]));
  const cardIdAt = (end: string) => cardOf.get(end) ?? end;
  const ends = edgeEnds(selected);
  const [from, to] = ends
    ? [cardIdAt(ends.source), cardIdAt(withoutMark(ends.target))]
    : [cardIdAt(selected), null];
  const own = edges.filter(({ source, target }) => {
    const [start, end] = [cardOf.get(source), cardOf.get(target)];
    return to === null ? start === from || end === from : start === from && end === to;
  });
  const touched = new Set(own.flatMap(({ source, target }) => [source, target]));
  const isOwn = (id: string) => touched.has(id) || (to === null && cardOf.get(id) === from);
  return toScene({ nodes: nodes.filter(({ id }) => isOwn(id)), edges: own, by }, { folded, ...judge });
}

/** A line of what was refused alone has a mark at its end. */
function withoutMark(target: string): string {
  return target.replace(/!refused$/, '');
}
