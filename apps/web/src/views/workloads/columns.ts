// The columns that a table of workloads can be sorted and filtered by: what each one reads from a workload. Pure.

import type { SecuredShares, Workload } from '@latchwork/shared/workload';
import { meshedShare } from './meshed-pods.ts';

export const COLUMN_NAMES = [
  'name',
  'pods',
  'rate',
  'success',
  'p50',
  'p95',
  'p99',
  'refused',
  'tcp',
  'in',
  'out',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

/** Those that somebody may do without, in their order; `recent` are the small courses beside rate and success. */
export const COLUMN_CHOICES = [
  { name: 'pods', label: 'Meshed pods' },
  { name: 'recent', label: 'Recent course' },
  { name: 'rate', label: 'Rate' },
  { name: 'success', label: 'Success' },
  { name: 'p50', label: 'p50' },
  { name: 'p95', label: 'p95' },
  { name: 'p99', label: 'p99' },
  { name: 'refused', label: 'Refused' },
  { name: 'tcp', label: 'TCP' },
  { name: 'in', label: 'mTLS in' },
  { name: 'out', label: 'mTLS out' },
] as const;

/** Rates a second, shares 0 to 1, latencies in ms; null is no data. */
export const VALUE_OF: Record<ColumnName, (workload: Workload) => number | string | null> = {
  name: ({ name, namespace }) => `${name} ${namespace}`,
  pods: meshedShare,
  rate: ({ golden, calledRps }) => golden?.rps ?? calledRps,
  success: ({ golden }) => golden?.successRate ?? null,
  p50: ({ golden }) => golden?.p50Ms ?? null,
  p95: ({ golden }) => golden?.p95Ms ?? null,
  p99: ({ golden }) => golden?.p99Ms ?? null,
  refused: ({ denied }) => denied || null,
  tcp: ({ tcp }) => tcp?.openConnections ?? null,
  in: ({ securedIn }) => leadingShare(securedIn),
  out: ({ securedOut }) => leadingShare(securedOut),
};

/** Of requests where there are HTTP edges, else of connections. */
function leadingShare({ requests, connections }: SecuredShares): number | null {
  return requests ?? connections;
}
