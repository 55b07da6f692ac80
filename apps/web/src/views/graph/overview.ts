// The picture in a few numbers: how many, how much of it is secured, and how much is off.

import { matches, type Only } from '@latchwork/graph/scene/only';
import type { Scene } from '@latchwork/graph/scene/scene';
import { securedShares } from '@latchwork/graph/scene/secured-shares';
import type { Graph } from '@latchwork/shared/graph';

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
