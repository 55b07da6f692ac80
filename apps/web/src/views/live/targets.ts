// What can be tapped: each namespace as a whole, and the workloads that have a proxy. Pure.

import { kindName } from '@latchwork/figures/kind';
import type { Workload } from '@latchwork/shared/workload';
import { parseTapTarget } from '../../live/tap-target.ts';

export interface Target {
  /** As the address writes it: `namespace` or `namespace/kind/name`. */
  id: string;
  label: string;
  note: string;
  rps: number;
}

/** Busiest first, namespaces by name before them. */
export function toTargets(workloads: readonly Workload[]): { namespaces: Target[]; workloads: Target[] } {
  const tappable = workloads.filter(({ meshed }) => meshed !== false);
  const byNamespace = new Map<string, Workload[]>();
  for (const workload of tappable)
    byNamespace.set(workload.namespace, [...(byNamespace.get(workload.namespace) ?? []), workload]);
  return {
    namespaces: [...byNamespace]
      .map(([name, members]) => ({
        id: name,
        label: name,
        note: `${members.length === 1 ? '1 workload' : `${members.length} workloads`}`,
        rps: members.reduce((sum, { golden }) => sum + (golden?.rps ?? 0), 0),
      }))
      .sort((a, b) => (a.label < b.label ? -1 : 1)),
    workloads: tappable
      .map(({ id, namespace, name, kind, golden }) => ({
        id,
        label: `${namespace}/${name}`,
        note: kindName(kind),
        rps: golden?.rps ?? 0,
      }))
      .sort((a, b) => b.rps - a.rps || (a.label < b.label ? -1 : 1)),
  };
}

/** "storefront/web" of a target as the address writes it. */
export function targetLabel(target: string): string {
  const { namespace = target, workload = null } = parseTapTarget(target) ?? {};
  return workload ? `${namespace}/${workload.name}` : namespace;
}
