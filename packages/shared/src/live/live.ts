// The live socket: topics with their parameters and values, and the messages both sides send.

import { type Static, type TSchema, Type } from 'typebox';
import type { About } from '../about.ts';
import { PodPairs } from '../asked/pod-pairs.ts';
import { Responses } from '../asked/responses.ts';
import { Graph } from '../graph.ts';
import { Checks } from '../health/checks.ts';
import { Doctor } from '../health/doctor.ts';
import { History } from '../history.ts';
import { Inventory } from '../inventory.ts';
import { LabelName, Labels } from '../labels.ts';
import { Moment } from '../moment.ts';
import { NamespaceName } from '../namespace-name.ts';
import { Policies } from '../policies.ts';
import { PlaceFindings, Problems } from '../problems/problems.ts';
import { RoutePast } from '../routes/route-past.ts';
import { Calls, Routes } from '../routes/routes.ts';
import { Stat, StatKind } from '../stat.ts';
import { Tap } from '../tap/tap.ts';
import { TapParams } from '../tap/tap-params.ts';
import { Top } from '../tap/top.ts';
import { Window } from '../window.ts';
import { WorkloadDetail, Workloads } from '../workload.ts';
import { WorkloadKind } from '../workload-kind.ts';

/** Another cluster of the same store than the one that the server was started for: a value of the label in `about.clusters`. */
const ClusterName = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'a value of the label that --matcher names',
});

/** The same parameters as the `GET` of the topic; `namespace` empty or absent is all. */
export const ScopeParams = Type.Object(
  {
    namespace: Type.Optional(Type.Array(NamespaceName, { maxItems: 500 })),
    window: Type.Optional(Window),
    at: Type.Optional(Moment),
    noise: Type.Optional(Type.Union([Type.Literal('hide'), Type.Literal('show')])),
    cluster: Type.Optional(ClusterName),
  },
  { additionalProperties: false },
);
export type ScopeParams = Static<typeof ScopeParams>;

export const StatParams = Type.Object(
  { kind: StatKind, ...ScopeParams.properties },
  { additionalProperties: false },
);
export type StatParams = Static<typeof StatParams>;

const ONE_WORKLOAD = {
  namespace: NamespaceName,
  kind: WorkloadKind,
  name: Type.String({ minLength: 1, maxLength: 253 }),
};

export const WorkloadParams = Type.Object(
  {
    ...ONE_WORKLOAD,
    window: Type.Optional(Window),
    at: Type.Optional(Moment),
    noise: Type.Optional(Type.Union([Type.Literal('hide'), Type.Literal('show')])),
    cluster: Type.Optional(ClusterName),
  },
  { additionalProperties: false },
);
export type WorkloadParams = Static<typeof WorkloadParams>;

/** `where` is an edge (`edgeId`), a node, a pod, a namespace, or `mesh`. */
export const FindingsParams = Type.Object(
  { where: Type.String({ minLength: 1, maxLength: 1200 }), ...ScopeParams.properties },
  { additionalProperties: false },
);
export type FindingsParams = Static<typeof FindingsParams>;

const ONE_PLACE = Type.Object(
  {
    where: Type.String({ minLength: 1, maxLength: 1200 }),
    window: Type.Optional(Window),
    at: Type.Optional(Moment),
    noise: Type.Optional(Type.Union([Type.Literal('hide'), Type.Literal('show')])),
    cluster: Type.Optional(ClusterName),
  },
  { additionalProperties: false },
);
/** `where` is an edge (`edgeId`) or a namespace. */
export const PodPairsParams = ONE_PLACE;
export type PodPairsParams = Static<typeof PodPairsParams>;

/** `where` is an edge (`edgeId`) or the id of a workload. */
export const ResponsesParams = ONE_PLACE;
export type ResponsesParams = Static<typeof ResponsesParams>;

export const HistoryParams = Type.Object(
  {
    window: Type.Optional(Window),
    at: Type.Optional(Moment),
    cluster: Type.Optional(ClusterName),
  },
  { additionalProperties: false },
);
export type HistoryParams = Static<typeof HistoryParams>;

const RoutePart = Type.String({ maxLength: 253 });

/** A route as `Route` names it; `namespace` is empty for a default one. */
export const RoutePastParams = Type.Object(
  {
    parent: Type.String({ pattern: '^[a-z0-9-]{1,63}/(service|egressnetwork)/[A-Za-z0-9._-]{1,253}$' }),
    kind: RoutePart,
    namespace: RoutePart,
    name: RoutePart,
    at: Type.Optional(Moment),
    cluster: Type.Optional(ClusterName),
  },
  { additionalProperties: false },
);
export type RoutePastParams = Static<typeof RoutePastParams>;

/** `workload` is its id; without it the mesh as a whole is looked at. */
export const DoctorParams = Type.Object(
  {
    workload: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9-]{1,63}/[a-z]{1,63}/[A-Za-z0-9._-]{1,253}$',
        description: 'NAMESPACE/KIND/NAME, such as harbour/deployment/web',
      }),
    ),
    window: Type.Optional(Window),
    at: Type.Optional(Moment),
    cluster: Type.Optional(ClusterName),
  },
  { additionalProperties: false },
);
export type DoctorParams = Static<typeof DoctorParams>;

/** Everything that Kubernetes says, or of some namespaces of it. */
export const InventoryParams = Type.Object(
  { namespace: Type.Optional(Type.Array(NamespaceName, { maxItems: 500 })) },
  { additionalProperties: false },
);
export type InventoryParams = Static<typeof InventoryParams>;

/** Of the pods of some namespaces, or of all; `label`: whose values are told. */
export const LabelsParams = Type.Object(
  { label: Type.Optional(LabelName), ...InventoryParams.properties },
  { additionalProperties: false },
);
export type LabelsParams = Static<typeof LabelsParams>;

/** The live top is a tap folded into rows: the same questions. */
export const TopParams = TapParams;
export type TopParams = TapParams;

export const TOPICS = {
  graph: { params: ScopeParams, value: Graph },
  workloads: { params: ScopeParams, value: Workloads },
  workload: { params: WorkloadParams, value: WorkloadDetail },
  problems: { params: ScopeParams, value: Problems },
  findings: { params: FindingsParams, value: PlaceFindings },
  routes: { params: ScopeParams, value: Routes },
  routePast: { params: RoutePastParams, value: RoutePast },
  calls: { params: WorkloadParams, value: Calls },
  podPairs: { params: PodPairsParams, value: PodPairs },
  responses: { params: ResponsesParams, value: Responses },
  stat: { params: StatParams, value: Stat },
  policies: { params: ScopeParams, value: Policies },
  history: { params: HistoryParams, value: History },
  checks: { params: ScopeParams, value: Checks },
  doctor: { params: DoctorParams, value: Doctor },
  inventory: { params: InventoryParams, value: Inventory },
  labels: { params: LabelsParams, value: Labels },
  top: { params: TopParams, value: Top },
  tap: { params: TapParams, value: Tap },
} satisfies Record<string, { params: TSchema; value: TSchema }>;

export type TopicName = keyof typeof TOPICS;
export type TopicParams<N extends TopicName> = Static<(typeof TOPICS)[N]['params']>;
export type TopicValue<N extends TopicName> = Static<(typeof TOPICS)[N]['value']>;

export function isTopicName(text: string): text is TopicName {
  return Object.hasOwn(TOPICS, text);
}

const Id = Type.String({ minLength: 1, maxLength: 64 });

/**
 * `params` are checked against the topic's own schema once the topic is known. `changes`: after the first value a refresh
 * carries what changed, as `change.ts` has it; without it every refresh is a whole value.
 */
export const Subscribe = Type.Object({
  type: Type.Literal('subscribe'),
  id: Id,
  topic: Type.String(),
  params: Type.Optional(Type.Unknown()),
  changes: Type.Optional(Type.Boolean()),
});
export type Subscribe = Static<typeof Subscribe>;
export const Unsubscribe = Type.Object({ type: Type.Literal('unsubscribe'), id: Id });
/** Silence is trouble: both sides expect an answer to a ping. */
export const Ping = Type.Object({ type: Type.Literal('ping') });
export const ClientMessage = Type.Union([Subscribe, Unsubscribe, Ping]);
export type ClientMessage = Static<typeof ClientMessage>;

/** `skipped`: snapshots that this subscriber missed because it was too slow. A `change` is of the value that came before it. */
export type ServerMessage =
  | { type: 'hello'; about: About }
  | { type: 'pong' }
  | { type: 'data'; id: string; skipped?: number; value: unknown }
  | { type: 'change'; id: string; value: Record<string, unknown> }
  | { type: 'trouble'; id?: string; message: string; field?: string; allowed?: string };
