// The picture in a few numbers: how many, how much of it is secured, and how much is off.

import type { Link } from '@latchwork/graph/link';
import { isProblem } from '@latchwork/graph/neighbourhood';
import type { Scene } from '@latchwork/graph/scene';
import { securedShares } from '@latchwork/graph/secured-shares';
import type { Graph } from '@latchwork/shared/graph';
import type { Only } from '../../location/place.ts';

export interface Overview {
  workloads: number;
  edges: number;
  /** Of requests, and of connections on TCP edges; null without any. */
  requestsSecured: number | null;
  connectionsSecured: number | null;
  counts: Record<Only, number>;
}

/** `scene` is the whole graph with nothing folded, so that the numbers do not change with what is shown. */
export function toOverview(graph: Pick<Graph, 'nodes' | 'edges'>, scene: Scene): Overview {
  const shares = securedShares(graph.edges);
  const countOf = (only: Only) => scene.links.filter((link) => matches(link, only)).length;
  return {
    workloads: graph.nodes.filter(({ type }) => type === 'workload').length,
    edges: scene.links.length,
    requestsSecured: shares.requests,
    connectionsSecured: shares.connections,
    counts: {
      problems: countOf('problems'),
      plaintext: countOf('plaintext'),
      mixed: countOf('mixed'),
      refused: countOf('refused'),
      broken: countOf('broken'),
    },
  };
}

/** Whether a link is one of those that the filter keeps. */
export function matches(link: Link, only: Only): boolean {
  switch (only) {
    case 'problems':
      return isProblem(link);
    case 'plaintext':
      return link.mark === 'plaintext';
    case 'mixed':
      return link.mark === 'mixed';
    case 'refused':
      return link.refusedRps > 0;
    case 'broken':
      return link.unreachedRps > 0;
  }
}
