// A few invented workloads and the snapshot around them, for tests.

import type { Workload, Workloads } from '@latchwork/shared/workload';

export function workload(name: string, more: Partial<Workload> = {}): Workload {
  const { namespace = 'shop', kind = 'deployment' } = more;
  return {
    id: `${namespace}/${kind}/${name}`,
    namespace,
    kind,
    name,
    meshed: true,
    golden: { rps: 10, successRate: 1, requests: 600, failures: 0, p50Ms: 8, p95Ms: 45, p99Ms: 81 },
    denied: 0,
    calledRps: null,
    tcp: null,
    securedIn: { requests: 1, connections: null },
    securedOut: { requests: null, connections: null },
    ...more,
  };
}

export const WEB = workload('web', {
  golden: { rps: 13.7, successRate: 0.9961, requests: 822, failures: 3, p50Ms: 37, p95Ms: 757, p99Ms: 2700 },
  securedOut: { requests: 0.87, connections: null },
});
export const REVIEWS = workload('reviews', {
  golden: { rps: 6.38, successRate: 0.916, requests: 383, failures: 32, p50Ms: 24, p95Ms: 1900, p99Ms: 2900 },
});
export const LEDGER = workload('ledger', {
  namespace: 'bank',
  kind: 'statefulset',
  golden: null,
  tcp: { openConnections: 4, opensPerSecond: 0, readBytesPerSecond: 20, writeBytesPerSecond: 38 },
  securedIn: { requests: null, connections: 1 },
});
export const ERP = workload('erp', {
  namespace: 'legacy',
  meshed: false,
  golden: null,
  denied: null,
  calledRps: 2.95,
  securedIn: { requests: 0, connections: null },
});

export function snapshot(workloads: readonly Workload[], more: Partial<Workloads> = {}): Workloads {
  return {
    at: '2026-11-23T15:47:10Z',
    windowSeconds: 60,
    windowAskedSeconds: 60,
    scrapeIntervalSeconds: 2,
    latencyBoundsMs: [],
    namespaces: ['bank', 'legacy', 'shop'],
    hidden: { requestsPerSecond: 8.4, edges: 12 },
    parts: {},
    diagnoses: [],
    workloads: [...workloads],
    ...more,
  };
}
