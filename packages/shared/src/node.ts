// What an edge may end in.

import { type Static, Type } from 'typebox';
import { Golden } from './golden.ts';
import { MeshedCount } from './inventory.ts';
import { Nullable } from './nullable.ts';
import { Revision } from './revision.ts';
import { WorkloadKind } from './workload-kind.ts';

/**
 * `meshed`: its own proxy is scraped, or its pods have one; null when nothing tells. `denied`: requests a second that
 * policy refused, null where its proxies are not scraped. `pods`: as Kubernetes counts them, absent without it. `revisions`:
 * those that answered, where Linkerd's labels name them instead of what owns them (Rollouts, CronJobs); else absent.
 */
export const WorkloadNode = Type.Object({
  type: Type.Literal('workload'),
  id: Type.String(),
  namespace: Type.String(),
  kind: WorkloadKind,
  name: Type.String(),
  golden: Nullable(Golden),
  denied: Nullable(Type.Number({ minimum: 0 })),
  meshed: Nullable(Type.Boolean()),
  pods: Type.Optional(MeshedCount),
  revisions: Type.Optional(Type.Array(Revision)),
});
export type WorkloadNode = Static<typeof WorkloadNode>;

/** Only for what never reached an endpoint, or a Service whose endpoints are no pods. */
export const ServiceNode = Type.Object({
  type: Type.Literal('service'),
  id: Type.String(),
  namespace: Type.String(),
  name: Type.String(),
});
export type ServiceNode = Static<typeof ServiceNode>;

/** Callers of `target` without a proxy: one node for each target. */
export const UnmeshedNode = Type.Object({
  type: Type.Literal('unmeshed'),
  id: Type.String(),
  target: Type.String(),
});
export type UnmeshedNode = Static<typeof UnmeshedNode>;

/**
 * A host; a meshed peer that nobody scrapes; pods of another cluster, behind a Service that reaches there; or an
 * EgressNetwork, which stands for what it refused.
 */
export const ExternalWhat = Type.Union([
  Type.Literal('host'),
  Type.Literal('identity'),
  Type.Literal('remote'),
  Type.Literal('egress'),
]);
export type ExternalWhat = Static<typeof ExternalWhat>;

/** `name`: a hostname when a series or a tap event knows it. */
export const ExternalNode = Type.Object({
  type: Type.Literal('external'),
  id: Type.String(),
  what: ExternalWhat,
  name: Nullable(Type.String()),
});
export type ExternalNode = Static<typeof ExternalNode>;

/** All that lies outside of a signed link's scope on one side of it, without its names: nowhere but in embedded pictures. */
export const OutsideNode = Type.Object({
  type: Type.Literal('outside'),
  id: Type.Union([Type.Literal('outside:callers'), Type.Literal('outside:callees')]),
});
export type OutsideNode = Static<typeof OutsideNode>;

export const Node = Type.Union([WorkloadNode, ServiceNode, UnmeshedNode, ExternalNode, OutsideNode]);
export type Node = Static<typeof Node>;
