// What the address selects: a node, an edge, or something that stands for several, and where it is in the picture.

import { type Judge, SUCCESS_TARGET } from '@latchwork/figures/targets';
import type { Layout, Rectangle } from '@latchwork/graph/layout/place';
import type { Card } from '@latchwork/graph/scene/card';
import { nodesOf } from '@latchwork/graph/scene/in-focus';
import { type Link, toLink } from '@latchwork/graph/scene/link';
import { sortedEdges } from '@latchwork/graph/scene/links';
import type { Scene } from '@latchwork/graph/scene/scene';
import type { Edge } from '@latchwork/shared/edge';
import { edgeEnds, edgeId } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import type { Node } from '@latchwork/shared/node';

/** `drawnBy`: itself, or the card that stands for it among others; `cards` of the picture. */
export type Selection =
  | { kind: 'node'; node: Node; card: Card | null }
  | { kind: 'edge'; edge: Edge; link: Link | null }
  | { kind: 'card'; card: Card; drawnBy: Card }
  | { kind: 'link'; link: Link; cards: readonly Card[] };

/** The card of the picture that shows what is selected. */
export function cardOf(selection: Selection | null): Card | null {
  if (selection?.kind === 'card') return selection.drawnBy;
  return selection?.kind === 'node' ? selection.card : null;
}

/** The id that selects a link: its one edge's, else its own. */
export function linkSelection(link: Link): string {
  const [edge] = link.edges;
  return link.edges.length === 1 && edge ? edgeId(edge.source, edge.target) : link.id.replace('>', '~');
}

/** The id that selects a card: its one node's, else its own. */
export function cardSelection(card: Card): string {
  const [node] = card.nodes;
  const isItself = card.type !== 'folded' && card.type !== 'rest';
  return card.nodes.length === 1 && node && isItself ? node.id : card.id;
}

/** Null when nothing is selected, or when it is not in the data any more. */
export function toSelection(
  selected: string | null,
  graph: Pick<Graph, 'nodes' | 'edges'>,
  scene: Scene,
  judge: Judge = { successTarget: SUCCESS_TARGET },
): Selection | null {
  if (selected === null) return null;
  const ends = edgeEnds(selected);
  if (ends) {
    const edge = graph.edges.find(({ source, target }) => source === ends.source && target === ends.target);
    if (edge)
      return {
        kind: 'edge',
        edge,
        link: scene.links.find(({ edges }) => edges.some((one) => isSame(one, edge))) ?? null,
      };
    const link = scene.links.find((one) => linkSelection(one) === selected) ?? pairOf(ends, graph, judge);
    const [only] = link?.edges ?? [];
    if (link && only && link.edges.length === 1) return { kind: 'edge', edge: only, link };
    return link && { kind: 'link', link, cards: scene.cards };
  }
  const node = graph.nodes.find(({ id }) => id === selected);
  if (node)
    return {
      kind: 'node',
      node,
      card: scene.cards.find(({ nodes }) => nodes.some(({ id }) => id === node.id)) ?? null,
    };
  for (const drawnBy of scene.cards) {
    const card = [drawnBy, ...(drawnBy.standsFor?.cards ?? [])].find(({ id }) => id === selected);
    if (card) return { kind: 'card', card, drawnBy };
  }
  return null;
}

/** All calls between two cards, whatever is folded where one looks; a matrix draws those inside a box, too. */
function pairOf(
  { source, target }: { source: string; target: string },
  { nodes, edges }: Pick<Graph, 'nodes' | 'edges'>,
  judge: Judge,
): Link | null {
  const [from, to] = [nodesOf(nodes, source), nodesOf(nodes, target)];
  const own = sortedEdges(edges.filter((edge) => from.has(edge.source) && to.has(edge.target)));
  return own.length === 0 ? null : toLink(`${source}>${target}`, source, target, own, judge);
}

/** A picture that was made elsewhere has edges of its own. */
function isSame(a: Edge, b: Edge): boolean {
  return a.source === b.source && a.target === b.target;
}

/** What has to be seen of a selection: the card, or the mark of a line with the card it leads to. */
export function areaOf(
  layout: Layout,
  cardId: string | null,
  link: Pick<Link, 'id' | 'target'> | null,
): Rectangle | null {
  const card = layout.cards.find(({ id }) => id === (cardId ?? link?.target));
  if (!link || !card) return card ?? null;
  const mark = layout.links.find(({ id }) => id === link.id)?.mark;
  if (!mark) return card;
  const x = Math.min(mark.x, card.x);
  const y = Math.min(mark.y, card.y);
  const right = Math.max(mark.x + mark.width, card.x + card.width);
  const bottom = Math.max(mark.y + mark.height, card.y + card.height);
  return { x, y, width: right - x, height: bottom - y };
}
