// The one question about the past: what the store remembers of every workload, into the ring that sparklines are made of.

import { withClusterLabels } from '../../mesh/cluster/cluster-labels.ts';
import type { ClusterView } from '../../mesh/cluster/cluster-view.ts';
import type { HistoryRing } from '../../mesh/history.ts';
import type { PrometheusClient } from '../../sources/prometheus/client.ts';
import { historyQuery } from '../../sources/prometheus/start-up.ts';

export interface HistoryFill {
  readonly matchers: readonly string[];
  readonly barePods: boolean;
  readonly windowSeconds: number;
  /** Null without Kubernetes. */
  readonly cluster: ClusterView | null;
  /** Unix seconds: the last step is the one that began before it. */
  readonly moment: number;
  readonly signal: AbortSignal;
}

export async function fillHistory(
  client: PrometheusClient,
  ring: HistoryRing,
  { moment, signal, cluster, ...scope }: HistoryFill,
): Promise<void> {
  const { stepSeconds, length } = ring;
  const endSeconds = Math.floor(moment / stepSeconds) * stepSeconds;
  const startSeconds = endSeconds - stepSeconds * (length - 1);
  const range = { tier: 'history', startSeconds, endSeconds, stepSeconds, signal };
  const query = historyQuery({ ...scope, probeRoutes: cluster?.probeRoutes ?? [] });
  const lines = await client.queryRange(query, range);
  ring.fill(cluster ? lines.map((line) => withClusterLabels(line, cluster)) : lines);
}
