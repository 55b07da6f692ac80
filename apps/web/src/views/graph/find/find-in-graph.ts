// Which nodes and edges of a graph a filter finds, and the graph with them alone or without them. Pure.

import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Graph } from '@latchwork/shared/graph';
import type { Node } from '@latchwork/shared/node';
import { parseFilter } from '../../../filter/filter.ts';
import { knownTexts } from '../../../filter/suggestions.ts';
import type { FoundShow } from '../../../location/parts/graph-part.ts';
import { edgeLanguage, nodeLanguage, type Thing } from './graph-language.ts';
import { toReach } from './reach.ts';

type Whole = Pick<Graph, 'nodes' | 'edges'>;

export interface Found {
  /** Ids. */
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** What of the filter was not understood; null when all was. */
  trouble: string | null;
}

/** A field that only edges have leaves all nodes out. */
export function findInGraph({ nodes, edges }: Whole, text: string): Found {
  const reach = toReach(edges);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const ofNodes = parseFilter(text, nodeLanguage(reach));
  const ofEdges = parseFilter(text, edgeLanguage(reach));
  const found = ofNodes.trouble === null ? nodes.filter((node) => ofNodes.matches(toThing(node))) : [];
  return {
    nodes: new Set(found.map(({ id }) => id)),
    edges: new Set(edges.filter((edge) => ofEdges.matches(edgeThing(edge, byId))).map(idOf)),
    trouble: ofEdges.trouble,
  };
}

/** `light` leaves the graph as it is. */
export function shownOf<G extends Whole>(graph: G, found: Found, show: FoundShow): G {
  if (show === 'light') return graph;
  if (show === 'hide') {
    const kept = graph.nodes.filter(({ id }) => !found.nodes.has(id));
    const ids = new Set(kept.map(({ id }) => id));
    const edges = graph.edges.filter(
      (edge) => !found.edges.has(idOf(edge)) && ids.has(edge.source) && ids.has(edge.target),
    );
    // Who is outside has no place without somebody inside.
    const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
    return { ...graph, nodes: kept.filter(({ id, type }) => type === 'workload' || ends.has(id)), edges };
  }
  const edges = graph.edges.filter((edge) => found.edges.has(idOf(edge)));
  const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
  return { ...graph, nodes: graph.nodes.filter(({ id }) => found.nodes.has(id) || ends.has(id)), edges };
}

/** For suggestions: the language, and what stands in it now. */
export function graphWords({ nodes, edges }: Whole) {
  const language = edgeLanguage(toReach(edges));
  const texts = knownTexts(
    nodes.filter(({ type }) => type !== 'unmeshed').map(toThing),
    nodeLanguage({ before: () => new Set(), after: () => new Set() }),
  );
  const { name = [] } = texts;
  const known: Record<string, readonly string[]> = {
    ...texts,
    ...{ from: name, to: name, upstream: name, downstream: name },
  };
  return { language, known };
}

function toThing(node: Node): Thing {
  return { ends: [node], edge: null };
}

function edgeThing(edge: Edge, byId: ReadonlyMap<string, Node>): Thing {
  const ends = [byId.get(edge.source), byId.get(edge.target)].filter((node) => node !== undefined);
  return { ends, edge };
}

function idOf({ source, target }: Edge): string {
  return edgeId(source, target);
}
