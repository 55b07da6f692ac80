// Edges as a file: a line for each. Empty is no data; 0 is a measurement.

import type { Edge } from '@latchwork/shared/edge';
import { type CsvColumn, csv } from './csv.ts';

const COLUMNS: readonly CsvColumn<Edge>[] = [
  ['source', ({ source }) => source],
  ['target', ({ target }) => target],
  ['requests_per_second', ({ http }) => http?.rps],
  ['success_rate', ({ http }) => http?.successRate],
  ['p50_ms', ({ http }) => http?.p50Ms],
  ['p95_ms', ({ http }) => http?.p95Ms],
  ['p99_ms', ({ http }) => http?.p99Ms],
  ['open_connections', ({ tcp }) => tcp?.openConnections],
  ['lock', ({ lock }) => lock.state],
  ['secured_share', ({ lock }) => lock.securedShare],
  ['refused_per_second', ({ refused }) => refused && sum(refused)],
  ['unreached_per_second', ({ unreached }) => unreached && sum(unreached)],
];

export function edgesCsv(edges: readonly Edge[]): string {
  return csv(edges, COLUMNS);
}

function sum(parts: Readonly<Record<string, number>>): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}
