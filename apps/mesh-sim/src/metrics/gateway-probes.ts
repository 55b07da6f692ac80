// What the service mirror's controller says of the gateway that it probes, as linkerd2's `multicluster/service-mirror` counts it.

import type { FarCluster } from '../scenario/scenario.ts';

/** As a Link has it unless somebody says otherwise. */
const PROBE_EVERY_MS = 3_000;
const UPS = [1, 10, 100, 1_000, 10_000];
const BOUNDS_MS = UPS.flatMap((up) => [1, 2, 3, 4, 5].map((times) => times * up));

export interface Probed {
  readonly startedAtMs: number;
  /** Null while it answers. */
  readonly downSinceMs: number | null;
  readonly nowMs: number;
}

export function gatewayProbesPage(
  { name, probeMs }: FarCluster,
  { startedAtMs, downSinceMs, nowMs }: Probed,
): string {
  const probes = (fromMs: number, toMs: number) => Math.max(0, Math.floor((toMs - fromMs) / PROBE_EVERY_MS));
  const good = probes(startedAtMs, downSinceMs ?? nowMs);
  const bad = downSinceMs === null ? 0 : probes(downSinceMs, nowMs);
  const cluster = `target_cluster_name="${name}"`;
  const buckets = [...BOUNDS_MS, Number.POSITIVE_INFINITY].map((bound) => {
    const le = Number.isFinite(bound) ? String(bound) : '+Inf';
    return `gateway_probe_latency_ms_bucket{${cluster},le="${le}"} ${Math.floor(good * below(bound, probeMs))}`;
  });
  const lines = [
    '# HELP gateway_alive A gauge which is 1 if the gateway is alive and 0 if it is not.',
    '# TYPE gateway_alive gauge',
    `gateway_alive{${cluster}} ${downSinceMs === null ? 1 : 0}`,
    '# HELP gateway_enabled A gauge which is 1 if the gateway is enabled, and 0 if it is not',
    '# TYPE gateway_enabled gauge',
    `gateway_enabled{${cluster}} 1`,
    '# HELP gateway_latency A gauge which is the latency of the last probe to the gateway.',
    '# TYPE gateway_latency gauge',
    `gateway_latency{${cluster}} ${probeMs}`,
    '# HELP gateway_probe_latency_ms A histogram of latencies to a gateway in a target cluster.',
    '# TYPE gateway_probe_latency_ms histogram',
    ...buckets,
    `gateway_probe_latency_ms_sum{${cluster}} ${good * probeMs}`,
    `gateway_probe_latency_ms_count{${cluster}} ${good}`,
    '# HELP gateway_probes A counter for the number of actual performed probes to a gateway',
    '# TYPE gateway_probes counter',
    ...(bad > 0 ? [`gateway_probes{probe_successful="false",${cluster}} ${bad}`] : []),
    `gateway_probes{probe_successful="true",${cluster}} ${good}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The share of probes that take no longer, around the usual time. */
function below(boundMs: number, medianMs: number): number {
  if (!Number.isFinite(boundMs)) return 1;
  return 1 / (1 + (medianMs / boundMs) ** 6);
}
