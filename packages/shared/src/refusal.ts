// What policy turned away of an edge's calls: the one rule for all who draw, list or count it.

import type { Edge } from './edge.ts';

type RefusedEdge = Pick<Edge, 'refused' | 'refusedShare' | 'http'>;

/** What got through is less than this: all is refused. */
const LEAST_THROUGH = 0.02;

/** Requests a second that policy turned away, whatever turned them away. */
export function refusedRps({ refused }: Pick<Edge, 'refused'>): number {
  return refused ? refused.authorization + refused.route + refused.rateLimit + refused.egress : 0;
}

export function isAllRefused({ refusedShare }: Pick<Edge, 'refusedShare'>): boolean {
  return refusedShare !== null && refusedShare > 1 - LEAST_THROUGH;
}

/** Of the calls of several edges together; null when nothing was refused. */
export function sharedRefusal(edges: readonly RefusedEdge[]): number | null {
  let refused = 0;
  let calls = 0;
  for (const edge of edges) {
    const rate = edge.refusedShare === null ? 0 : refusedRps(edge);
    refused += rate;
    calls += edge.refusedShare ? rate / edge.refusedShare : (edge.http?.rps ?? 0);
  }
  return refused > 0 ? Math.min(1, refused / calls) : null;
}
