// Workloads as a file: a line for each. Empty is no data; 0 is a measurement.

import type { Workload } from '@latchwork/shared/workload';
import { type CsvColumn, csv } from './csv.ts';

const COLUMNS: readonly CsvColumn<Workload>[] = [
  ['namespace', ({ namespace }) => namespace],
  ['kind', ({ kind }) => kind],
  ['name', ({ name }) => name],
  ['meshed', ({ meshed }) => (meshed === null ? null : meshed ? 'yes' : 'no')],
  ['requests_per_second', ({ golden, calledRps }) => golden?.rps ?? calledRps],
  ['requests', ({ golden }) => golden?.requests],
  // How requests end may not be stored.
  ['failures', ({ golden }) => (golden?.successRate === null ? null : golden?.failures)],
  ['success_rate', ({ golden }) => golden?.successRate],
  ['p50_ms', ({ golden }) => golden?.p50Ms],
  ['p95_ms', ({ golden }) => golden?.p95Ms],
  ['p99_ms', ({ golden }) => golden?.p99Ms],
  ['refused_per_second', ({ denied }) => denied],
  ['open_connections', ({ tcp }) => tcp?.openConnections],
  ['secured_in_share', ({ securedIn }) => securedIn.requests ?? securedIn.connections],
  ['secured_out_share', ({ securedOut }) => securedOut.requests ?? securedOut.connections],
];

export function workloadsCsv(workloads: readonly Workload[]): string {
  return csv(workloads, COLUMNS);
}
