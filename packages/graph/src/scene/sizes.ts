// A graph in a few numbers: how many, how much of it is secured, how much is off, and the largest rate.

import type { Judge } from '@latchwork/figures/targets';
import type { Graph } from '@latchwork/shared/graph';
import { toLinks } from './links.ts';
import { matches, ONLY, type Only } from './only.ts';
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
export function toSizes({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>, judge: Judge): Sizes {
  const shares = securedShares(edges);
  const links = toLinks({ nodes, edges }, new Set(), judge);
  const counts = Object.fromEntries(ONLY.map((only) => [only, 0])) as Record<Only, number>;
  let mostRps = 0;
  for (const link of links) {
    for (const only of ONLY) if (matches(link, only)) counts[only] += 1;
    mostRps = Math.max(mostRps, link.http?.rps ?? 0);
  }
  return {
    workloads: nodes.filter(({ type }) => type === 'workload').length,
    edges: links.length,
    requestsSecured: shares.requests,
    connectionsSecured: shares.connections,
    counts,
    mostRps,
  };
}
