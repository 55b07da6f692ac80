// Workloads in rows: what one does, and how much of it is locked on both sides.

import { type Static, Type } from 'typebox';
import { Edge } from './edge.ts';
import { Golden } from './golden.ts';
import { InventoryWorkload, MeshedCount } from './inventory.ts';
import { Node } from './node.ts';
import { Nullable } from './nullable.ts';
import { Finding } from './problems/finding.ts';
import { Revision } from './revision.ts';
import { SNAPSHOT } from './snapshot.ts';
import { WorkloadKind } from './workload-kind.ts';

const Share = Nullable(Type.Number({ minimum: 0, maximum: 1 }));

/** Of requests over HTTP edges, of connections over TCP edges; never mixed. Null: no such edge. */
export const SecuredShares = Type.Object({ requests: Share, connections: Share });
export type SecuredShares = Static<typeof SecuredShares>;

/** TCP edges into the workload, added up. */
export const WorkloadTcp = Type.Object({
  openConnections: Nullable(Type.Number({ minimum: 0 })),
  opensPerSecond: Nullable(Type.Number({ minimum: 0 })),
  readBytesPerSecond: Nullable(Type.Number({ minimum: 0 })),
  writeBytesPerSecond: Nullable(Type.Number({ minimum: 0 })),
});
export type WorkloadTcp = Static<typeof WorkloadTcp>;

/**
 * `calledRps`: requests a second that callers sent, where the workload's own counts are not known: it has no proxy, or what
 * that counts is not stored. Else null.
 * `pods` and `notMeshed` (why some or all of them have no proxy) are absent without Kubernetes.
 */
export const Workload = Type.Object({
  id: Type.String(),
  namespace: Type.String(),
  kind: WorkloadKind,
  name: Type.String(),
  meshed: Nullable(Type.Boolean()),
  golden: Nullable(Golden),
  denied: Nullable(Type.Number({ minimum: 0 })),
  calledRps: Nullable(Type.Number({ minimum: 0 })),
  tcp: Nullable(WorkloadTcp),
  securedIn: SecuredShares,
  securedOut: SecuredShares,
  pods: Type.Optional(MeshedCount),
  revisions: Type.Optional(Type.Array(Revision)),
  notMeshed: Type.Optional(Type.Array(Finding)),
});
export type Workload = Static<typeof Workload>;

export const Workloads = Type.Object({ ...SNAPSHOT, workloads: Type.Array(Workload) });
export type Workloads = Static<typeof Workloads>;

/**
 * One workload with its edges, and the nodes at their other ends. `inventory` is the workload with its pods as Kubernetes
 * has them, `findings` what is worth knowing of those pods: skipped and opaque ports, no tap, failed. Both absent without it.
 */
export const WorkloadDetail = Type.Object({
  ...SNAPSHOT,
  ...Workload.properties,
  callers: Type.Array(Edge),
  callees: Type.Array(Edge),
  nodes: Type.Array(Node),
  inventory: Type.Optional(InventoryWorkload),
  findings: Type.Optional(Type.Array(Finding)),
});
export type WorkloadDetail = Static<typeof WorkloadDetail>;
