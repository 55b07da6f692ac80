// What Kubernetes says when somebody asks: one object of policy as text, and what happened to the pods of one workload.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';

/** Small letters, as metrics write them. */
export const AskedKind = Type.Union([
  Type.Literal('server'),
  Type.Literal('httproute'),
  Type.Literal('grpcroute'),
  Type.Literal('authorizationpolicy'),
  Type.Literal('serverauthorization'),
  Type.Literal('meshtlsauthentication'),
  Type.Literal('networkauthentication'),
  Type.Literal('httplocalratelimitpolicy'),
  Type.Literal('egressnetwork'),
]);
export type AskedKind = Static<typeof AskedKind>;

const RouteGroup = Type.Union([Type.Literal('policy.linkerd.io'), Type.Literal('gateway.networking.k8s.io')]);

/** `group` tells the two kinds of HTTPRoute apart; absent: Linkerd's. */
export const ObjectRef = Type.Object({
  kind: AskedKind,
  group: Type.Optional(RouteGroup),
  namespace: Type.String(),
  name: Type.String(),
});
export type ObjectRef = Static<typeof ObjectRef>;

const NAME = '[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?';
const KINDS = AskedKind.anyOf.map((kind) => kind.const).join('|');

export const ObjectParams = Type.Object(
  {
    where: Type.String({
      maxLength: 600,
      pattern: `^${NAME}/(?:${KINDS})/${NAME}$`,
      description: 'NAMESPACE/KIND/NAME, such as shop/server/orders-http',
    }),
    group: Type.Optional(RouteGroup),
  },
  { additionalProperties: false },
);
export type ObjectParams = Static<typeof ObjectParams>;

export function objectParams({ kind, group, namespace, name }: ObjectRef): ObjectParams {
  return { where: `${namespace}/${kind}/${name}`, ...(group ? { group } : {}) };
}

/** Of what fits the schema. */
export function toObjectRef({ where, group }: ObjectParams): ObjectRef {
  const [namespace = '', kind = '', name = ''] = where.split('/');
  return { kind: kind as AskedKind, ...(group ? { group } : {}), namespace, name };
}

/** Why it cannot be told. `right` is the one that is missing, `manifest` what grants it; null where it is no matter of rights. */
export const NotTold = Type.Object({
  why: Type.String(),
  remedy: Type.String(),
  right: Nullable(Type.String()),
  manifest: Nullable(Type.String()),
});
export type NotTold = Static<typeof NotTold>;

/**
 * `text` is YAML without status, annotations and what the API server notes for itself. It and `untold` are null where there is
 * no such object. `related`: what it names, or what names it, of the same namespace or another.
 */
export const ClusterObject = Type.Object({
  text: Nullable(Type.String()),
  related: Type.Array(ObjectRef),
  untold: Nullable(NotTold),
});
export type ClusterObject = Static<typeof ClusterObject>;

/** `about` is its kind and name, such as `Pod/web-5c7d`; times are RFC 3339, null where they are not told. */
export const WorkloadEvent = Type.Object({
  about: Type.String(),
  isWarning: Type.Boolean(),
  reason: Type.String(),
  message: Type.String(),
  count: Type.Integer({ minimum: 1 }),
  firstAt: Nullable(Type.String()),
  lastAt: Nullable(Type.String()),
});
export type WorkloadEvent = Static<typeof WorkloadEvent>;

/** The newest first. `asked`: about how many objects, of `all` that the workload has; `more`: events that are not listed. */
export const WorkloadEvents = Type.Object({
  events: Type.Array(WorkloadEvent),
  more: Type.Integer({ minimum: 0 }),
  asked: Type.Integer({ minimum: 0 }),
  all: Type.Integer({ minimum: 0 }),
  untold: Nullable(NotTold),
});
export type WorkloadEvents = Static<typeof WorkloadEvents>;
