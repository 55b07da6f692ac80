// What is behind an open lock, from the objects of its two ends. Metrics give one reason for several causes; this tells them apart.

import { named } from '@latchwork/figures/named';
import type { Inventory, InventoryPod, InventoryWorkload } from '@latchwork/shared/inventory';
import { parseNodeId, serviceId, unmeshedId } from '@latchwork/shared/node-id';
import type { PodObject } from '../../sources/kubernetes/watch/objects.ts';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { isThere } from '../inventory/pod-status.ts';
import { includesPort, portNames } from '../inventory/ports.ts';
import { type LockCause, toCause } from './cause.ts';
import { toCallerCauses } from './lock-cause-caller.ts';

interface LockQuestion {
  /** Node ids. */
  readonly source: string;
  readonly target: string;
  /** Ports of the target that carried what is not secured; null when nobody knows. */
  readonly ports: readonly number[] | null;
  /** The namespaces that may be named; absent: all. */
  readonly within?: ReadonlySet<string>;
}

export type LockCauses = (question: LockQuestion) => LockCause[];

/** Made once for a state, asked for every edge whose lock is not closed. */
export function createLockCauses(state: KubernetesState, inventory: Inventory): LockCauses {
  const workloads = new Map(inventory.workloads.map((workload) => [workload.id, workload]));
  const podOfAddress = new Map(state.objects.pods.flatMap((pod) => pod.ips.map((ip) => [ip, pod] as const)));
  const podsByName = new Map(
    state.objects.pods.map((pod) => [`${pod.meta.namespace}/${pod.meta.name}`, pod]),
  );

  return ({ source, target, ports, within }) => {
    const workload = workloads.get(target);
    if (workload && source === unmeshedId(target))
      return toCallerCauses(workload, state, within ? seenOf(inventory, within) : inventory);
    if (workload) return toTargetCauses(workload, ports, podsByName);
    const parts = parseNodeId(target);
    if (parts?.type === 'service') return toServiceCauses(parts.namespace, parts.name, state);
    if (parts?.type !== 'external' || parts.what !== 'host') return [];
    const pod = podOfAddress.get(parts.address.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
    return pod ? [calledByAddress(pod)] : [];
  };
}

function seenOf({ workloads, ...inventory }: Inventory, within: ReadonlySet<string>): Inventory {
  return { ...inventory, workloads: workloads.filter(({ namespace }) => within.has(namespace)) };
}

function toTargetCauses(
  workload: InventoryWorkload,
  ports: LockQuestion['ports'],
  podsByName: ReadonlyMap<string, PodObject>,
): LockCause[] {
  const running = workload.pods.filter(isThere);
  const open = running.filter(({ meshed }) => !meshed);
  const causes = [...Map.groupBy(open, ({ unmeshed }) => unmeshed?.code ?? '').values()].flatMap((pods) =>
    withoutProxy(workload, pods, running.length),
  );
  const skipped = skippedInbound(workload, running, ports, podsByName, causes.length === 0);
  return skipped ? [...causes, skipped] : causes;
}

function withoutProxy(
  { id, namespace, name }: InventoryWorkload,
  pods: readonly InventoryPod[],
  all: number,
): LockCause[] {
  const why = pods[0]?.unmeshed;
  if (!why) return [];
  const other = why.code === 'other-control-plane';
  const lacking = other ? 'a proxy of another control plane' : 'no proxy';
  const names = pods.map((pod) => pod.name);
  const who =
    pods.length === all
      ? `${name} has ${lacking}`
      : `${name}: ${pods.length} of ${all} pods ${pods.length === 1 ? 'has' : 'have'} ${lacking}`;
  return [
    toCause(true, {
      code: other ? why.code : `no-proxy:${why.code}`,
      // What a whole namespace lacks is a cause of the namespace.
      where: why.code === 'not-asked' ? namespace : id,
      what: who,
      evidence: why.what,
      remedy: why.remedy,
      command: why.command,
      pods: names,
    }),
  ];
}

/** `only`: no other cause was found, so ports that are skipped explain it even when nobody knows which port was called. */
function skippedInbound(
  { id, namespace, name }: InventoryWorkload,
  pods: readonly InventoryPod[],
  ports: LockQuestion['ports'],
  podsByName: ReadonlyMap<string, PodObject>,
  only: boolean,
): LockCause | null {
  const skipping = pods.filter((pod) => {
    const object = podsByName.get(`${namespace}/${pod.name}`);
    const names = object ? portNames(object) : new Map<string, number>();
    return (
      pod.meshed &&
      (ports === null
        ? pod.skippedInbound.length > 0
        : ports.some((port) => includesPort(pod.skippedInbound, port, names)))
    );
  });
  const [first] = skipping;
  if (!first) return null;
  const which = ports === null ? named(first.skippedInbound, 3) : named(ports.map(String), 3);
  return toCause(ports !== null && only, {
    code: 'skipped-inbound-port',
    where: id,
    what: `${name} takes port ${which} past its proxy`,
    evidence: 'Its config.linkerd.io/skip-inbound-ports says so, and calls to it carry no mTLS.',
    remedy:
      'List the port under config.linkerd.io/opaque-ports instead: the proxy then carries it with mTLS and leaves the protocol alone.',
    pods: skipping.map((pod) => pod.name),
  });
}

function toServiceCauses(namespace: string, name: string, { objects }: KubernetesState): LockCause[] {
  const service = objects.services.find(({ meta }) => meta.namespace === namespace && meta.name === name);
  if (!service || service.selector !== null) return [];
  return [
    toCause(true, {
      code: 'hand-made-endpoints',
      where: serviceId(namespace, name),
      what: `Service ${name} selects no pods`,
      evidence: 'Its addresses were written by hand or by a controller, and have no identity.',
      remedy:
        'That is expected. Describe the destination as an ExternalWorkload with an identity, or use an EgressNetwork.',
      command: `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name}`,
    }),
  ];
}

function calledByAddress({ meta, hostNetwork }: PodObject): LockCause {
  const pod = `${meta.namespace}/${meta.name}`;
  return hostNetwork
    ? toCause(true, {
        code: 'node-address',
        where: pod,
        what: 'A node is called by its address',
        evidence: 'Pods with hostNetwork listen there: they have no proxy.',
        remedy: 'That is expected for node agents. Use TLS in the application if it matters.',
        command: 'kubectl get nodes -o wide',
      })
    : toCause(true, {
        code: 'pod-by-address',
        where: pod,
        what: `Pod ${pod} is called by its address`,
        evidence: 'Discovery does not know that address, and so no identity.',
        remedy: 'Call it by the name of its Service, and see that the pod has a proxy.',
        pods: [pod],
      });
}
