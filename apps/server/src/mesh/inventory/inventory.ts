// Kubernetes' objects → the inventory: every namespace, workload and pod, meshed or not and why. Pure.

import type {
  Inventory,
  InventoryPart,
  InventoryPod,
  InventoryWorkload,
  MeshedCount,
} from '@latchwork/shared/inventory';
import type { WorkloadKind } from '@latchwork/shared/workload-kind';
import type { NamespaceObject, PodObject, WorkloadObject } from '../../sources/kubernetes/watch/objects.ts';
import type { KindPart, KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { isSeenEverywhere, isSeenIn } from '../cluster/reach.ts';
import { findControlPlane, findViz, infrastructureNamespaces } from './control-plane.ts';
import { injectionOf } from './injection.ts';
import { createOwners, type WorkloadRef } from './owners.ts';
import { lastEnd, podStatus } from './pod-status.ts';
import { opaquePorts, skippedPorts } from './ports.ts';
import { identityOf, isMeshed, isRunning, proxyContainer, proxyVersion } from './proxy.ts';
import { whyNotTapped } from './tap.ts';
import { whyUnmeshed } from './unmeshed.ts';

interface Draft {
  readonly ref: WorkloadRef;
  object: WorkloadObject | null;
  readonly pods: PodObject[];
}

interface World {
  readonly home: string | null;
  readonly viz: string | null;
  readonly namespaces: ReadonlyMap<string, NamespaceObject>;
  readonly podsOf: ReadonlyMap<string, readonly PodObject[]>;
  /** Where pods cannot be seen, nothing may be counted. */
  readonly seesPods: (namespace: string) => boolean;
  /** False: that there is no viz is not known. */
  readonly seesViz: boolean;
  readonly infrastructure: ReadonlySet<string>;
}

const WORKLOAD_LISTS: readonly [WorkloadKind, keyof KubernetesState['objects']][] = [
  ['deployment', 'deployments'],
  ['statefulset', 'statefulsets'],
  ['daemonset', 'daemonsets'],
  ['cronjob', 'cronjobs'],
  ['job', 'jobs'],
  ['replicaset', 'replicasets'],
  ['replicationcontroller', 'replicationcontrollers'],
];

export function toInventory(state: KubernetesState): Inventory {
  const controlPlane = findControlPlane(state);
  const viz = findViz(state);
  const world: World = {
    home: controlPlane?.namespace ?? null,
    viz,
    namespaces: new Map(state.objects.namespaces.map((namespace) => [namespace.meta.name, namespace])),
    podsOf: Map.groupBy(state.objects.pods, ({ meta }) => meta.namespace),
    seesPods: (namespace) => isSeenIn(state.parts.pods, namespace),
    seesViz: isSeenEverywhere(state.parts.namespaces) || isSeenEverywhere(state.parts.pods),
    infrastructure: infrastructureNamespaces(state),
  };
  return {
    controlPlane,
    viz: viz === null ? null : { namespace: viz },
    namespaces: state.objects.namespaces.map((namespace) => toNamespace(namespace, world)).sort(byName),
    workloads: [...draft(state).values()].map((one) => toWorkload(one, world)).sort(byId),
    proxies: toProxies(state, world),
    parts: Object.fromEntries(Object.entries(state.parts).map(([kind, part]) => [kind, toPart(part)])),
  };
}

function draft(state: KubernetesState): Map<string, Draft> {
  const owners = createOwners(state);
  const drafts = new Map<string, Draft>();
  const at = (ref: WorkloadRef): Draft => {
    const known = drafts.get(ref.id) ?? { ref, object: null, pods: [] };
    drafts.set(ref.id, known);
    return known;
  };
  for (const pod of state.objects.pods)
    if (pod.phase !== 'Succeeded') at(owners.workloadOf(pod)).pods.push(pod);
  for (const [kind, list] of WORKLOAD_LISTS)
    for (const object of state.objects[list] as readonly WorkloadObject[]) {
      const ref = owners.topOf(kind, object.meta);
      const isTop = ref.kind === kind ? ref.name === object.meta.name : ref.kind === 'ksvc';
      if (isTop && (drafts.has(ref.id) || isWanted(kind, object))) at(ref).object = object;
    }
  for (const { meta } of state.objects.externalWorkloads) at(owners.topOf('externalworkload', meta));
  return drafts;
}

/** Jobs that are over and ReplicaSets scaled to nothing are history, unless they still have pods. */
function isWanted(kind: WorkloadKind, { replicas }: WorkloadObject): boolean {
  if (kind === 'replicaset') return replicas !== 0;
  return kind !== 'job';
}

function toWorkload({ ref, object, pods }: Draft, world: World): InventoryWorkload {
  const sorted = pods.toSorted((a, b) => (a.meta.name < b.meta.name ? -1 : 1));
  const meshedSiblings = sorted.filter((pod) => isMeshed(pod, world.home));
  const identities = sorted.flatMap((pod) => identityOf(pod) ?? []);
  const accounts = sorted.map(({ serviceAccount }) => serviceAccount);
  if (accounts.length === 0 && object?.serviceAccount) accounts.push(object.serviceAccount);
  return {
    ...ref,
    createdAt: object?.meta.createdAt ?? sorted[0]?.meta.createdAt ?? '',
    replicas: object?.replicas ?? null,
    injection: injectionOf(object?.templateAnnotations ?? {}),
    counts: world.seesPods(ref.namespace) ? countPods(sorted, world.home) : null,
    serviceAccounts: unique(accounts),
    identities: unique(identities),
    pods: sorted.map((pod) => toPod(pod, { ref, object, meshedSiblings }, world)),
  };
}

function toPod(
  pod: PodObject,
  {
    ref,
    object,
    meshedSiblings,
  }: { ref: WorkloadRef; object: WorkloadObject | null; meshedSiblings: PodObject[] },
  { home, viz, seesViz, namespaces }: World,
): InventoryPod {
  const meshed = isMeshed(pod, home);
  const proxy = proxyContainer(pod);
  const namespace = namespaces.get(pod.meta.namespace) ?? null;
  const skipped = proxy ? skippedPorts(pod) : { inbound: [], outbound: [] };
  return {
    name: pod.meta.name,
    phase: pod.phase,
    status: podStatus(pod),
    ready: pod.ready,
    restarts: pod.containers.reduce((sum, { status }) => sum + status.restarts, 0),
    ...lastEnd(pod),
    createdAt: pod.meta.createdAt,
    node: pod.node,
    meshed,
    nativeSidecar: proxy?.isSidecar ?? false,
    proxyVersion: proxy ? proxyVersion(pod) : null,
    serviceAccount: pod.serviceAccount,
    identity: identityOf(pod),
    skippedInbound: skipped.inbound,
    skippedOutbound: skipped.outbound,
    opaquePorts: proxy ? opaquePorts(pod) : [],
    unmeshed: meshed
      ? null
      : whyUnmeshed(pod, { home, workload: ref, namespace, template: object, meshedSiblings }),
    tap: whyNotTapped(pod, { meshed, workload: ref, namespace, viz, seesViz }),
  };
}

function toNamespace(
  { meta }: NamespaceObject,
  { home, podsOf, seesPods, infrastructure }: World,
): Inventory['namespaces'][number] {
  return {
    name: meta.name,
    injection: injectionOf(meta.annotations),
    infrastructure: infrastructure.has(meta.name),
    inboundPolicy: meta.annotations['config.linkerd.io/default-inbound-policy'] ?? null,
    counts: seesPods(meta.name) ? countPods(podsOf.get(meta.name) ?? [], home) : null,
  };
}

function countPods(pods: readonly PodObject[], home: string | null): MeshedCount {
  const running = pods.filter(isRunning);
  return {
    meshed: running.filter((pod) => isMeshed(pod, home)).length,
    running: running.length,
    failed: pods.filter(({ phase }) => phase === 'Failed').length,
  };
}

function toProxies({ objects }: KubernetesState, { home }: World): Inventory['proxies'] {
  const counts = new Map<string | null, number>();
  for (const pod of objects.pods)
    if (isRunning(pod) && isMeshed(pod, home)) {
      const version = proxyVersion(pod);
      counts.set(version, (counts.get(version) ?? 0) + 1);
    }
  return [...counts]
    .map(([version, pods]) => ({ version, pods }))
    .sort((a, b) => b.pods - a.pods || ((a.version ?? '') < (b.version ?? '') ? -1 : 1));
}

/** The rules that are missing are in the message. */
function toPart({ state, since, message, remedy, namespaces }: KindPart): InventoryPart {
  return { state, since, message, remedy, ...(namespaces ? { namespaces: [...namespaces] } : {}) };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
