// Who is slow: its 95th percentile is above the target, by enough requests to say so.

import { figureText } from '@latchwork/figures/figure';
import { duration, latency } from '@latchwork/figures/latency';
import { countsOf } from '@latchwork/figures/small-numbers';
import type { WorkloadNode } from '@latchwork/shared/node';
import { type Made, made } from './made.ts';
import type { Neighbours } from './neighbours.ts';
import { nodeName } from './node-name.ts';

export interface SlowQuestion {
  readonly nodes: Parameters<typeof nodeName>[0];
  readonly neighbours: Neighbours;
  readonly windowSeconds: number;
  readonly latencyTargetMs: number;
  /** Upper bounds in ms of the buckets that latencies were read from. */
  readonly bounds: readonly number[];
}

/** Above the 95th percentile there are two of these. */
const FEWEST_REQUESTS = 40;

export function slowNode(node: WorkloadNode, question: SlowQuestion): Made | null {
  const { nodes, neighbours, windowSeconds, latencyTargetMs, bounds } = question;
  const { golden } = node;
  if (!golden || golden.p95Ms === null || golden.p95Ms <= latencyTargetMs) return null;
  if (countsOf(golden.rps, 1, windowSeconds).all < FEWEST_REQUESTS) return null;
  const calls = neighbours.outOf(node.id).flatMap(({ edge }) => (edge.http ? [edge] : []));
  const slow = calls
    .filter(({ http }) => (http?.p95Ms ?? 0) > latencyTargetMs)
    .sort((a, b) => (b.http?.p95Ms ?? 0) - (a.http?.p95Ms ?? 0))[0];
  const culprit = slow ? nodeName(nodes, slow.target) : null;
  const target = figureText(duration(latencyTargetMs));
  return made('slow', {
    code: 'slow',
    severity: 'warn',
    where: node.id,
    weight: golden.rps,
    what: `${node.name} is slow, p95 ${figureText(latency(golden.p95Ms, bounds))}`,
    evidence: culprit
      ? `More than 5 % of its answers take over ${target}; its calls to ${culprit} are slow, too.`
      : `More than 5 % of its answers take over ${target}; ${calls.length === 0 ? 'it calls nobody' : 'what it calls is faster'}.`,
    remedy: culprit ? `Look at ${culprit} first.` : 'See its slow requests in Live.',
  });
}
