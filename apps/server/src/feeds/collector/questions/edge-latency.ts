// The latencies of edges: of all in a small mesh, else of those that someone looks at.

import type { Reach } from '../../../sources/prometheus/questions/ask-scope.ts';
import { outboundLatencyQuery } from '../../../sources/prometheus/questions/latency.ts';
import type { Question } from './question.ts';

/** Buckets of every edge cost 26 times the rates of every edge: a mesh of this size still has few. */
const SMALL_MESH_WORKLOADS = 100;
const MOST_NAMESPACES = 5;

export const edgeLatency: Question = {
  part: 'outboundLatency',
  tier: 'latency',
  text: outboundLatencyQuery,
  reach: toEdgesInView,
  isHistogram: true,
};

/** `namespaces` are those that viewers chose; whoever looks at the whole of a large mesh chose none. */
export function toEdgesInView(namespaces: readonly string[], workloads: number): Reach {
  if (workloads <= SMALL_MESH_WORKLOADS) return 'all';
  return [...new Set(namespaces)].sort().slice(0, MOST_NAMESPACES);
}
