// Which table has the rows of a resource: workloads of every kind are one, and so are routes.

import { STAT_KINDS, type StatKind } from '@latchwork/shared/stat';
import { type Resource, WORKLOAD_KINDS } from '../asking/resources.ts';

const ROUTES = ['httproute', 'grpcroute'];

/** What `stat` takes as TYPE. */
export const STATTED_KINDS = [
  ...WORKLOAD_KINDS,
  ...STAT_KINDS.filter((kind) => kind !== 'workload' && kind !== 'pod' && kind !== 'route'),
  ...ROUTES,
  'all',
];

/** As the Linkerd CLI expands it: all that owns pods, pods and Services. */
const ALL: readonly StatKind[] = ['workload', 'pod', 'service'];

/** Without a resource, workloads. */
export function tablesOf(resources: readonly Resource[]): readonly StatKind[] {
  if (resources.length === 0) return ['workload'];
  return [...new Set(resources.flatMap(({ kind }) => tableOf(kind)))];
}

function tableOf(kind: string): readonly StatKind[] {
  if (kind === 'all') return ALL;
  if (ROUTES.includes(kind)) return ['route'];
  return [STAT_KINDS.find((each) => each === kind) ?? 'workload'];
}
