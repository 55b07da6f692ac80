// What Kubernetes says of the mesh: namespaces, workloads and pods, with or without traffic; which pods have a proxy, and why others have none.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';
import { Finding } from './problems/finding.ts';
import { WorkloadKind } from './workload-kind.ts';

const Count = Type.Integer({ minimum: 0 });
const Texts = Type.Array(Type.String());

/** Counted as `linkerd viz stat` counts: `running` are pending and running pods, `failed` are not among them. */
export const MeshedCount = Type.Object({ meshed: Count, running: Count, failed: Count });
export type MeshedCount = Static<typeof MeshedCount>;

/**
 * `status` as kubectl prints it; `phase` as Kubernetes has it. `unmeshed` is why there is no proxy, null when there is
 * one. `tap` is why requests of the pod cannot be watched, null when they can. Ports are numbers, ranges or names.
 */
export const InventoryPod = Type.Object({
  name: Type.String(),
  phase: Type.String(),
  status: Type.String(),
  ready: Type.Boolean(),
  restarts: Count,
  /** How the last run of a container ended that was started again; absent where none was. */
  lastEnd: Type.Optional(
    Type.Object({
      container: Type.String(),
      reason: Nullable(Type.String()),
      exitCode: Nullable(Type.Integer()),
      at: Nullable(Type.String()),
    }),
  ),
  createdAt: Type.String(),
  node: Nullable(Type.String()),
  meshed: Type.Boolean(),
  nativeSidecar: Type.Boolean(),
  proxyVersion: Nullable(Type.String()),
  serviceAccount: Type.String(),
  identity: Nullable(Type.String()),
  skippedInbound: Texts,
  skippedOutbound: Texts,
  opaquePorts: Texts,
  unmeshed: Nullable(Finding),
  tap: Nullable(Finding),
});
export type InventoryPod = Static<typeof InventoryPod>;

export const Injection = Type.Union([
  Type.Literal('enabled'),
  Type.Literal('ingress'),
  Type.Literal('disabled'),
  Type.Literal('unset'),
]);
export type Injection = Static<typeof Injection>;

/** `replicas`: pods wanted, null for kinds that do not say. `counts`: null where pods cannot be seen. `injection`: what its pods ask for themselves; `unset` leaves it to the namespace. */
export const InventoryWorkload = Type.Object({
  id: Type.String(),
  namespace: Type.String(),
  kind: WorkloadKind,
  name: Type.String(),
  createdAt: Type.String(),
  replicas: Nullable(Count),
  injection: Injection,
  counts: Nullable(MeshedCount),
  serviceAccounts: Texts,
  identities: Texts,
  pods: Type.Array(InventoryPod),
});
export type InventoryWorkload = Static<typeof InventoryWorkload>;

/** `infrastructure`: Linkerd's own. `inboundPolicy`: the default that the namespace sets, null when it leaves it to the mesh. `counts`: null where pods cannot be seen. */
export const InventoryNamespace = Type.Object({
  name: Type.String(),
  injection: Injection,
  infrastructure: Type.Boolean(),
  inboundPolicy: Nullable(Type.String()),
  counts: Nullable(MeshedCount),
});
export type InventoryNamespace = Static<typeof InventoryNamespace>;

export const InventoryPartState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('fresh'),
  Type.Literal('stale'),
  Type.Literal('failed'),
  Type.Literal('denied'),
  Type.Literal('absent'),
]);

/**
 * How well one kind of object is known. `absent`: the cluster does not have the kind, which is no trouble. `namespaces`: of which
 * it speaks, where the whole cluster may not be listed.
 */
export const InventoryPart = Type.Object({
  state: InventoryPartState,
  since: Type.String(),
  message: Nullable(Type.String()),
  remedy: Nullable(Type.String()),
  namespaces: Type.Optional(Type.Array(Type.String())),
});
export type InventoryPart = Static<typeof InventoryPart>;

/**
 * Sorted by id and name. `controlPlane` and `viz` are found by label, null when there is none (or no right to see it).
 * `proxies` counts running meshed pods by version, most first; a null version could not be told.
 */
export const Inventory = Type.Object({
  controlPlane: Nullable(Type.Object({ namespace: Type.String(), version: Nullable(Type.String()) })),
  viz: Nullable(Type.Object({ namespace: Type.String() })),
  namespaces: Type.Array(InventoryNamespace),
  workloads: Type.Array(InventoryWorkload),
  proxies: Type.Array(Type.Object({ version: Nullable(Type.String()), pods: Count })),
  parts: Type.Record(Type.String(), InventoryPart),
});
export type Inventory = Static<typeof Inventory>;
