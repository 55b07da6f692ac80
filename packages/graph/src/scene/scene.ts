// What the picture shows, before anything has a place: boxes, cards and links of a graph under a view.

import { type Judge, SUCCESS_TARGET } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { grouped } from '../grouped.ts';
import { type ByLabel, boxOf } from './box-of.ts';
import { type Card, cardIdOf, toCard } from './card.ts';
import type { Link } from './link.ts';
import { linksBetween, sortedEdges } from './links.ts';
import { isProblem, neighbourhood } from './neighbourhood.ts';
import { plausibleNode } from './plausible.ts';
import { type SecuredShares, securedShares } from './secured-shares.ts';
import { shownName } from './speakable.ts';

/**
 * One namespace, or what a label says. `injected` is false when none of its workloads carries a proxy; `idle` counts its workloads without any
 * traffic, which have no cards.
 */
export interface Box {
  id: string;
  label: string;
  shares: SecuredShares;
  injected: boolean;
  idle: number;
}

export interface Scene extends ByLabel {
  boxes: readonly Box[];
  cards: readonly Card[];
  links: readonly Link[];
  /** Cards that a filter took away; none without one. */
  leftOut?: number;
}

/** What the reader chose to see. All but `folded` and what success is judged by only leave things out. */
export interface View extends Judge {
  folded: ReadonlySet<string>;
  /** A card or a box: it, its neighbours, and the links between it and them. */
  focus: string | null;
  onlyProblems: boolean;
  /** Cards that the reader put away. */
  hidden: ReadonlySet<string>;
}

export const WHOLE_VIEW: View = {
  folded: new Set(),
  focus: null,
  onlyProblems: false,
  hidden: new Set(),
  successTarget: SUCCESS_TARGET,
};

/** Deterministic and independent of the order of `nodes` and `edges`: everything comes out sorted by id. */
export function toScene(
  graph: { nodes: readonly Node[]; edges: readonly Edge[] } & ByLabel,
  view: Partial<View> = {},
): Scene {
  const { folded, focus, onlyProblems, hidden, ...judge } = { ...WHOLE_VIEW, ...view };
  const allNodes = graph.nodes.map(plausibleNode).sort(byId);
  const allEdges = sortedEdges(graph.edges);
  const cardOf = new Map(allNodes.map((node) => [node.id, cardIdOf(node, folded)]));
  const touchingCard = groupByEnds(allEdges, ({ source, target }) => [
    cardOf.get(source),
    cardOf.get(target),
  ]);

  let links = linksBetween(allEdges, cardOf, judge);
  const busy = new Set(allEdges.flatMap(({ source, target }) => [source, target]));
  const linksOut = grouped(links, ({ source }) => source);
  const linksIn = grouped(links, ({ target }) => target);
  let cards = [...grouped(allNodes, ({ id }) => cardOf.get(id)!)].map(([id, own]) =>
    toCard(id, own, {
      ins: linksIn.get(id) ?? [],
      outs: linksOut.get(id) ?? [],
      edges: touchingCard.get(id) ?? [],
    }),
  );
  cards = cards.filter(
    ({ id, nodes: [node] }) => !hidden.has(id) && !(id === node?.id && isIdle(node, busy)),
  );
  links = between(links, cards);
  if (focus !== null) ({ cards, links } = neighbourhood(cards, links, focus));
  if (onlyProblems) {
    links = links.filter(isProblem);
    const ends = new Set(links.flatMap(({ source, target }) => [source, target]));
    cards = cards.filter(({ id }) => ends.has(id));
  }

  const open = new Set(cards.flatMap(({ box }) => (box === null ? [] : [box])));
  const boxes = toBoxes(open, allNodes, allEdges, busy);
  return { by: graph.by, boxes: boxes.sort(byId), cards: cards.sort(byId), links: links.sort(byId) };
}

/** Edges are grouped once, as there may be thousands of both. */
function toBoxes(
  ids: ReadonlySet<string>,
  nodes: readonly Node[],
  edges: readonly Edge[],
  busy: ReadonlySet<string>,
): Box[] {
  if (ids.size === 0) return [];
  const inside = grouped(nodes, boxOf);
  const boxById = new Map(nodes.map((node) => [node.id, boxOf(node)]));
  const touching = groupByEnds(edges, ({ source, target }) => [
    boxById.get(source) ?? undefined,
    boxById.get(target) ?? undefined,
  ]);
  return [...ids].map((id) => {
    const workloads = (inside.get(id) ?? []).filter((node) => node.type === 'workload');
    return {
      id,
      label: shownName(id),
      shares: securedShares(touching.get(id) ?? []),
      injected: workloads.length === 0 || workloads.some(({ meshed }) => meshed !== false),
      idle: workloads.filter((node) => isIdle(node, busy)).length,
    };
  });
}

/** Each edge under what it begins in and what it ends in; once where both are the same. Keeps their order. */
function groupByEnds(
  edges: readonly Edge[],
  endsOf: (edge: Edge) => readonly [string | undefined, string | undefined],
): Map<string, Edge[]> {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges)
    for (const end of new Set(endsOf(edge))) {
      if (end === undefined) continue;
      const group = groups.get(end);
      if (group) group.push(edge);
      else groups.set(end, [edge]);
    }
  return groups;
}

/** Nobody called it, it called nobody, and it refused nobody. `busy` are the ends of all edges. */
function isIdle(node: Node, busy: ReadonlySet<string>): boolean {
  return node.type === 'workload' && !busy.has(node.id) && node.golden === null && !node.denied;
}

function between(links: readonly Link[], cards: readonly Card[]): Link[] {
  const ids = new Set(cards.map(({ id }) => id));
  return links.filter(({ source, target }) => ids.has(source) && ids.has(target));
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
