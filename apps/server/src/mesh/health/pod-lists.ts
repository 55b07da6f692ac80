// Lists of pods as people look for them: who is not meshed and why, and whose requests can be watched.

import type { NotMeshed, TapList } from '@latchwork/shared/health/checks';
import type { InventoryWorkload } from '@latchwork/shared/inventory';
import { isThere } from '../inventory/pod-status.ts';
import { type HealthView, isAsked } from './health-view.ts';

function workloadsOf(view: HealthView): readonly InventoryWorkload[] | null {
  if (view.inventory.state !== 'known') return null;
  const { workloads, parts } = view.inventory.value;
  const { state } = parts['pods'] ?? { state: 'fresh' };
  if (state !== 'fresh' && state !== 'stale') return null;
  return workloads.filter(({ namespace }) => isAsked(view, namespace));
}

/** Null where pods are not known. */
export function toNotMeshedList(view: HealthView): NotMeshed[] | null {
  return (
    workloadsOf(view)?.flatMap(({ id, pods }) => {
      const without = pods.filter((pod) => isThere(pod) && pod.unmeshed !== null);
      return [...Map.groupBy(without, ({ unmeshed }) => unmeshed?.code ?? '')].flatMap(([, same]) => {
        const finding = same[0]?.unmeshed;
        return finding ? [{ workload: id, pods: same.map(({ name }) => name), finding }] : [];
      });
    }) ?? null
  );
}

/** As `linkerd viz list` prints it: meshed pods alone. Null where pods are not known, or without viz. */
export function toTapList(view: HealthView): TapList | null {
  const workloads = workloadsOf(view);
  if (workloads === null || view.viz === null) return null;
  const pods = workloads.flatMap(({ namespace, pods: own }) =>
    own
      .filter((pod) => pod.meshed && isThere(pod))
      .map(({ name, tap }) => ({ name: `${namespace}/${name}`, code: tap?.code ?? null })),
  );
  const of = (fits: (code: string | null) => boolean) =>
    pods
      .filter(({ code }) => fits(code))
      .map(({ name }) => name)
      .sort();
  return {
    enabled: of((code) => code === null),
    disabled: of((code) => code === 'disabled' || code === 'namespace-disabled'),
    restart: of((code) => code === 'not-enabled'),
  };
}
