// What waits to be done on pods: those without a proxy although one is asked for, and those whose proxy is of an older release.

import type { InventoryWorkload } from '@latchwork/shared/inventory';
import type { ClusterView } from '../cluster/cluster-view.ts';
import { isThere } from '../inventory/pod-status.ts';
import { restartCommand } from './kubectl.ts';
import { type Made, made } from './made.ts';

/** Somebody wants these in the mesh; the other causes are decisions. */
const WANTED: readonly string[] = ['started-before', 'started-before-or-missed', 'injector-missed'];
/** Linkerd will not have them, or its own rules keep them out. */
const BY_RULE: readonly string[] = ['namespace-excluded', 'host-network', 'opted-out', 'unknown'];

export function podProblems(
  { workloads, inventory, infrastructure }: Pick<ClusterView, 'workloads' | 'inventory' | 'infrastructure'>,
  isInScope: (namespace: string) => boolean,
): Made[] {
  const version = inventory.controlPlane?.version ?? null;
  return [...workloads.values()]
    .filter(({ namespace }) => isInScope(namespace) && !infrastructure.has(namespace))
    .flatMap((workload) => [...notMeshed(workload), ...behind(workload, version)]);
}

function notMeshed(workload: InventoryWorkload): Made[] {
  const running = workload.pods.filter(isThere);
  const without = running.filter(({ meshed, unmeshed }) => !meshed && unmeshed !== null);
  return [...Map.groupBy(without, ({ unmeshed }) => unmeshed?.code ?? '')].flatMap(([code, pods]) => {
    const why = pods[0]?.unmeshed;
    if (!why || BY_RULE.includes(code)) return [];
    const isWanted = WANTED.includes(code);
    const { id, namespace, name } = workload;
    const who =
      pods.length === running.length
        ? `${name} has no proxy`
        : `${name}: ${pods.length} of ${running.length} pods ${pods.length === 1 ? 'has' : 'have'} no proxy`;
    const place = code === 'not-asked' ? namespace : id;
    const what = place === namespace ? `${namespace} has no proxies` : who;
    return [
      made('look', {
        code: `no-proxy:${code}`,
        severity: isWanted ? 'warn' : 'info',
        where: id,
        what: who,
        evidence: why.what,
        remedy: why.remedy,
        command: why.command,
        pods: pods.map((pod) => pod.name),
        cause: { key: `no-proxy:${code} ${place}`, where: place, what },
      }),
    ];
  });
}

function behind(workload: InventoryWorkload, version: string | null): Made[] {
  if (version === null) return [];
  const old = workload.pods.filter(
    (pod) => isThere(pod) && pod.meshed && pod.proxyVersion !== null && pod.proxyVersion !== version,
  );
  const [first] = old;
  if (!first) return [];
  return [
    made('look', {
      code: 'proxy-version',
      severity: 'info',
      where: workload.id,
      what: `${workload.name} runs proxy ${first.proxyVersion}`,
      evidence: `The control plane is ${version}: ${old.length === 1 ? 'one pod' : `${old.length} pods`} started before its upgrade.`,
      remedy: 'Restart it: its new pods get the newer proxy.',
      command: restartCommand(workload),
      pods: old.map((pod) => pod.name),
      cause: {
        key: `proxy-version ${first.proxyVersion}`,
        where: 'mesh',
        what: `Proxies ${first.proxyVersion} beside the control plane ${version}`,
      },
    }),
  ];
}
