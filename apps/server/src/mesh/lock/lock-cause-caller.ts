// Who can be behind plain-text calls to a workload. Metrics count such callers together, so these are candidates, never proof.

import { named } from '@latchwork/figures/named';
import type { Inventory, InventoryWorkload } from '@latchwork/shared/inventory';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { includesPort, portNames } from '../inventory/ports.ts';
import { selectsPod } from '../inventory/selector.ts';
import { type LockCause, toCause } from './cause.ts';

export function toCallerCauses(
  target: InventoryWorkload,
  { objects }: KubernetesState,
  inventory: Inventory,
): LockCause[] {
  const names = new Set(target.pods.map(({ name }) => name));
  const pods = objects.pods.filter(({ meta }) => meta.namespace === target.namespace && names.has(meta.name));
  const services = objects.services.filter((service) => pods.some((pod) => selectsPod(service, pod)));
  const open = services.filter(({ type }) => type === 'LoadBalancer' || type === 'NodePort');
  const ports = new Set([
    ...services.flatMap((service) => service.ports.map(({ port }) => port)),
    ...pods.flatMap((pod) => [...portNames(pod).values()]),
  ]);
  const skipping = inventory.workloads.filter((workload) =>
    workload.pods.some(({ meshed, skippedOutbound }) =>
      [...ports].some((port) => meshed && includesPort(skippedOutbound, port, new Map())),
    ),
  );
  const infrastructure = new Set(
    inventory.namespaces.filter((one) => one.infrastructure).map(({ name }) => name),
  );
  const unmeshed = inventory.workloads.filter(
    ({ id, namespace, counts }) =>
      id !== target.id &&
      counts !== null &&
      counts.running > counts.meshed &&
      namespace !== 'kube-system' &&
      !infrastructure.has(namespace),
  );
  return [
    ...open.map(({ meta, type }) =>
      candidate(
        'outside-callers',
        `Service ${meta.name} is of type ${type}: calls from outside the cluster come without mTLS.`,
        {
          remedy: 'That is expected where users come in. Let TLS end at an ingress that is in the mesh.',
        },
      ),
    ),
    ...(skipping.length === 0
      ? []
      : [
          candidate(
            'skipped-outbound-port',
            `${list(skipping)} send a port of ${target.name} past their own proxy (config.linkerd.io/skip-outbound-ports).`,
            {
              remedy: 'Take the port off that list; mark it opaque if its protocol needs it.',
            },
          ),
        ]),
    ...(unmeshed.length === 0
      ? []
      : [
          candidate('unmeshed-workloads', `Pods without a proxy could be calling: ${list(unmeshed)}.`, {
            remedy: 'Live shows the address of each request; bring the pod behind it into the mesh.',
            command: 'kubectl get pods -A -o wide -L linkerd.io/control-plane-ns',
          }),
        ]),
  ];
}

function candidate(code: string, what: string, more: { remedy: string; command?: string }): LockCause {
  return toCause(false, { code, what, ...more });
}

function list(workloads: readonly InventoryWorkload[]): string {
  const names = workloads.map(({ namespace, name }) => `${namespace}/${name}`);
  return named(names, 4);
}
