// What the join with metrics needs of one state of the cluster, made once for it. Pure; asks nobody.

import type { Inventory, InventoryWorkload } from '@latchwork/shared/inventory';
import type { Parts } from '@latchwork/shared/parts';
import type { Finding } from '@latchwork/shared/problems/finding';
import type { KubernetesState } from '../../sources/kubernetes/watch/state.ts';
import { toAliases } from '../inventory/aliases.ts';
import { infrastructureNamespaces } from '../inventory/control-plane.ts';
import { createIdentities, type Identities } from '../inventory/identity.ts';
import { toInventory } from '../inventory/inventory.ts';
import { createOwners } from '../inventory/owners.ts';
import { createLockCauses, type LockCauses } from '../lock/lock-cause.ts';
import { type Routing, toRouting } from '../routes/routing.ts';
import { type Split, toSplits } from '../routes/splits.ts';
import type { MirroredService } from '../store/elsewhere.ts';
import { podKey } from '../store/pod-places.ts';
import { toClusterParts } from './cluster-parts.ts';
import { createProbeRoutes, type ProbeQuestion, probeRouteNames } from './probe-route.ts';
import { toMirroredServices, toRemoteClusters } from './remote-clusters.ts';
import { toRightsFindings } from './rights-findings.ts';

export interface ClusterView {
  /** What it was made of. */
  readonly state: KubernetesState;
  readonly inventory: Inventory;
  /** By id; empty for a moment of the past, whose pods nobody knows. */
  readonly workloads: ReadonlyMap<string, InventoryWorkload>;
  /** `namespace/name` of every pod, whether it runs or not. */
  readonly pods: ReadonlySet<string>;
  /** `namespace/name` of a Service → the clusters that it reaches into. */
  readonly remoteClusters: ReadonlyMap<string, readonly string[]>;
  /** Those of them that lead to a gateway → what they stand for there. */
  readonly mirrored: ReadonlyMap<string, MirroredService>;
  readonly identities: Identities;
  /** Namespaces of Linkerd's own. */
  readonly infrastructure: ReadonlySet<string>;
  /** Ids that metrics use → ids of the inventory. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly causesOf: LockCauses;
  readonly isProbe: (question: ProbeQuestion) => boolean;
  /** Routes of users that (somewhere) serve probes alone, by name. */
  readonly probeRoutes: readonly string[];
  readonly parts: Parts;
  /** What of it may not be seen. */
  readonly findings: readonly Finding[];
  readonly routing: Routing;
  /** Empty for a moment of the past. */
  readonly splits: readonly Split[];
}

export function toClusterView(state: KubernetesState): ClusterView {
  const inventory = toInventory(state);
  const isProbe = createProbeRoutes(state);
  const routing = toRouting(state);
  return {
    state,
    inventory,
    workloads: new Map(inventory.workloads.map((workload) => [workload.id, workload])),
    pods: new Set(state.objects.pods.map(({ meta }) => podKey(meta.namespace, meta.name))),
    remoteClusters: toRemoteClusters(state),
    mirrored: toMirroredServices(state),
    identities: createIdentities(inventory),
    infrastructure: infrastructureNamespaces(state),
    aliases: toAliases(state),
    causesOf: createLockCauses(state, inventory),
    isProbe,
    probeRoutes: probeRouteNames(state, isProbe),
    parts: toClusterParts(state.parts),
    findings: toRightsFindings(state),
    routing,
    splits: toSplits(routing, state, createOwners(state)),
  };
}

/** Names, routes and identities hold for a while; pods and what is behind a lock are of now. */
export function toPastView(view: ClusterView): ClusterView {
  return { ...view, workloads: new Map(), causesOf: () => [], splits: [] };
}
