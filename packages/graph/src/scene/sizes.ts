// A graph in a few numbers: how many, how much of it is secured, how much is off, and the largest rate.

import type { Judge } from '@latchwork/figures/targets';
import type { Edge } from '@latchwork/shared/edge';
import type { Graph } from '@latchwork/shared/graph';
import { grouped } from '../grouped.ts';
import { cardIdOf } from './card.ts';
import { linkIdOf, toJudged } from './link.ts';
import { byEnds } from './links.ts';
import { matches, ONLY, type Only } from './only.ts';
import { plausibleEdge } from './plausible.ts';
import { securedShares } from './secured-shares.ts';

export interface Sizes {
  workloads: number;
  edges: number;
  /** Of requests, and of connections on TCP edges; null without any. */
  requestsSecured: number | null;
  connectionsSecured: number | null;
  counts: Record<Only, number>;
  /** Of one line with nothing folded; 0 without requests. */
  mostRps: number;
}

/** Of all of it with nothing folded, so that the numbers do not change with what is shown. */
export function toSizes(graph: Pick<Graph, 'nodes' | 'edges'>, judge: Judge): Sizes {
  const counting = countingSizes(graph, judge);
  for (let next = counting.next(); ; next = counting.next()) if (next.done) return next.value;
}

/** The same in pieces, for whom thousands of edges at once keep from answering: the last one returns it. */
export function* countingSizes(
  { nodes, edges }: Pick<Graph, 'nodes' | 'edges'>,
  judge: Judge,
): Generator<undefined, Sizes> {
  const shares = securedShares(edges);
  yield;
  const lines = linesOf({ nodes, edges });
  const counts = Object.fromEntries(ONLY.map((only) => [only, 0])) as Record<Only, number>;
  let mostRps = 0;
  for (const [index, line] of lines.entries()) {
    if (index % LINES_AT_ONCE === 0) yield;
    const judged = toJudged(line, judge);
    for (const only of ONLY) if (matches(judged, only)) counts[only] += 1;
    mostRps = Math.max(mostRps, judged.http?.rps ?? 0);
  }
  return {
    workloads: nodes.filter(({ type }) => type === 'workload').length,
    edges: lines.length,
    requestsSecured: shares.requests,
    connectionsSecured: shares.connections,
    counts,
    mostRps,
  };
}

const LINES_AT_ONCE = 4_000;

const NOTHING: ReadonlySet<string> = new Set();

/**
 * The edges of each line, as `toLinks` groups them. Of thousands of edges nearly all are alone on theirs: only those that
 * share a card with others are put in order and together.
 */
function linesOf({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): readonly (readonly Edge[])[] {
  const cardOf = new Map(nodes.map((node) => [node.id, cardIdOf(node, NOTHING)]));
  const alone: Edge[][] = [];
  const shared: Edge[] = [];
  for (const edge of edges) {
    const { source, target } = edge;
    const [from, to] = [cardOf.get(source), cardOf.get(target)];
    if (from === undefined || to === undefined || from === to) continue;
    if (from === source && to === target) alone.push([plausibleEdge(edge)]);
    else shared.push(plausibleEdge(edge));
  }
  const groups = grouped(shared.sort(byEnds), (edge) =>
    linkIdOf(cardOf.get(edge.source)!, cardOf.get(edge.target)!, edge),
  );
  return [...alone, ...groups.values()];
}
