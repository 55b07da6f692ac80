// What the picture shows, before anything has a place: boxes, cards and links of a graph under a view.

import type { Edge } from '@latchwork/shared/edge';
import type { Node } from '@latchwork/shared/node';
import { type Card, cardIdOf, toCard } from './card.ts';
import { type Link, linkIdOf, toLink } from './link.ts';
import { isProblem, neighbourhood } from './neighbourhood.ts';
import { type SecuredShares, securedShares } from './secured-shares.ts';

/**
 * One namespace. `injected` is false when none of its workloads carries a proxy; `idle` counts its workloads without any
 * traffic, which have no cards.
 */
export interface Box {
  id: string;
  label: string;
  shares: SecuredShares;
  injected: boolean;
  idle: number;
}

export interface Scene {
  boxes: readonly Box[];
  cards: readonly Card[];
  links: readonly Link[];
}

/** What the reader chose to see. All but `folded` and `successTarget` only leave things out. */
export interface View {
  folded: ReadonlySet<string>;
  /** A card or a namespace: it, its neighbours, and the links between it and them. */
  focus: string | null;
  onlyProblems: boolean;
  /** Cards that the reader put away. */
  hidden: ReadonlySet<string>;
  /** 0 to 1: below it success is no longer good. */
  successTarget: number;
}

export const WHOLE_VIEW: View = {
  folded: new Set(),
  focus: null,
  onlyProblems: false,
  hidden: new Set(),
  successTarget: 0.99,
};

/** Deterministic and independent of the order of `nodes` and `edges`: everything comes out sorted by id. */
export function toScene(
  graph: { nodes: readonly Node[]; edges: readonly Edge[] },
  view: Partial<View> = {},
): Scene {
  const { folded, focus, onlyProblems, hidden, successTarget } = { ...WHOLE_VIEW, ...view };
  const allEdges = [...graph.edges].sort(byEnds); // sums of fractions depend on their order in the last digit
  const cardOf = new Map(graph.nodes.map((node) => [node.id, cardIdOf(node, folded)]));

  const edgesOf = Map.groupBy(
    allEdges.filter(({ source, target }) => {
      const [from, to] = [cardOf.get(source), cardOf.get(target)];
      // Inside a folded namespace there is nothing to draw; a workload that calls itself has no line of its own.
      return from !== undefined && to !== undefined && from !== to;
    }),
    (edge) => linkIdOf(cardOf.get(edge.source)!, cardOf.get(edge.target)!, edge),
  );
  let links = [...edgesOf].map(([id, edges]) => {
    const { source, target } = edges[0]!;
    return toLink(id, cardOf.get(source)!, cardOf.get(target)!, edges, successTarget);
  });

  const nodesOf = Map.groupBy([...graph.nodes].sort(byId), ({ id }) => cardOf.get(id)!);
  let cards = [...nodesOf].map(([id, nodes]) => toCard(id, nodes, links, allEdges));

  const busy = new Set(allEdges.flatMap(({ source, target }) => [source, target]));
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
  const boxes = [...open].map((namespace) => toBox(namespace, graph.nodes, allEdges, busy));
  return { boxes: boxes.sort(byId), cards: cards.sort(byId), links: links.sort(byId) };
}

function toBox(
  namespace: string,
  nodes: readonly Node[],
  edges: readonly Edge[],
  busy: ReadonlySet<string>,
): Box {
  const inside = nodes.filter((node) => 'namespace' in node && node.namespace === namespace);
  const ids = new Set(inside.map(({ id }) => id));
  const touching = edges.filter(({ source, target }) => ids.has(source) || ids.has(target));
  const workloads = inside.filter((node) => node.type === 'workload');
  return {
    id: namespace,
    label: namespace,
    shares: securedShares(touching),
    injected: workloads.length === 0 || workloads.some(({ meshed }) => meshed !== false),
    idle: workloads.filter((node) => isIdle(node, busy)).length,
  };
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

function byEnds(a: Edge, b: Edge): number {
  return a.source < b.source ? -1 : a.source > b.source ? 1 : a.target < b.target ? -1 : 1;
}
