// Mesh → a table by kind, of a scope.

import type { Stat, StatKind, StatRow } from '@latchwork/shared/stat';
import type { Mesh } from '../mesh.ts';
import { type MeshScope, toSnapshot } from '../scope.ts';
import { podStat } from './pod-stat.ts';
import { policyStat } from './policy-stat.ts';
import { serviceStat } from './service-stat.ts';
import { isShownNamespace } from './shown.ts';

export function toStat(mesh: Mesh, kind: StatKind, scope: MeshScope): Stat {
  const isShown = isShownNamespace(mesh, scope);
  const rows = rowsOf(mesh, kind, scope)
    .filter(({ namespace }) => isShown(namespace))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...toSnapshot(mesh, { requestsPerSecond: 0, edges: 0 }), kind, rows };
}

function rowsOf(mesh: Mesh, kind: StatKind, scope: MeshScope): StatRow[] {
  switch (kind) {
    case 'workload':
    case 'namespace':
    case 'pod':
      return podStat(mesh, kind, scope);
    case 'service':
      return serviceStat(mesh);
    default:
      return policyStat(mesh, kind, scope);
  }
}
