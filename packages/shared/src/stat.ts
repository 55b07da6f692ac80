// What each of a kind does, as `linkerd viz stat` asks: workloads, namespaces, pods, Services, and the objects of policy.

import { type Static, Type } from 'typebox';
import { Golden } from './golden.ts';
import { MeshedCount } from './inventory.ts';
import { Nullable } from './nullable.ts';
import { SNAPSHOT } from './snapshot.ts';
import { WorkloadTcp } from './workload.ts';

export const STAT_KINDS = [
  ...(['workload', 'namespace', 'pod', 'service'] as const),
  ...(['server', 'serverauthorization', 'authorizationpolicy', 'route'] as const),
];
// A mapped list loses its literals on the way into the union's type: say them once more.
export const StatKind = Type.Unsafe<(typeof STAT_KINDS)[number]>(
  Type.Union(
    STAT_KINDS.map((kind) => Type.Literal(kind)),
    { description: STAT_KINDS.join(', ') },
  ),
);

export type StatKind = (typeof STAT_KINDS)[number];

const Rate = Nullable(Type.Number({ minimum: 0 }));

/** Requests a second that policy decided about; `audited` are among the allowed. TCP connections are apart. */
export const Decisions = Type.Object({
  allowed: Type.Number({ minimum: 0 }),
  audited: Type.Number({ minimum: 0 }),
  denied: Type.Number({ minimum: 0 }),
  unmatched: Type.Number({ minimum: 0 }),
  rateLimited: Type.Number({ minimum: 0 }),
  connectionsAllowed: Type.Number({ minimum: 0 }),
  connectionsDenied: Type.Number({ minimum: 0 }),
});
export type Decisions = Static<typeof Decisions>;

/**
 * `kind` is that of the row: of workloads their own, such as `statefulset`. `owner`: the workload of a pod, the Server of
 * a route; null for others. `cluster`: of a Service that stands for one of another cluster, through whose gateway it goes; else
 * absent. `status` is a pod's. `pods` null without Kubernetes, and where pods are not what it is about.
 * `golden` and `tcp` are what arrived, of Services what callers sent. `refused` in requests a second, by whatever turned them away.
 */
export const StatRow = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  namespace: Type.String(),
  name: Type.String(),
  owner: Nullable(Type.String()),
  cluster: Type.Optional(Type.String()),
  status: Nullable(Type.String()),
  meshed: Nullable(Type.Boolean()),
  pods: Nullable(MeshedCount),
  golden: Nullable(Golden),
  refused: Rate,
  decisions: Nullable(Decisions),
  tcp: Nullable(WorkloadTcp),
});
export type StatRow = Static<typeof StatRow>;

export const Stat = Type.Object({ ...SNAPSHOT, kind: StatKind, rows: Type.Array(StatRow) });
export type Stat = Static<typeof Stat>;
