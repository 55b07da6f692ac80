// What a live stream of requests may be asked for: the target, and everything that `linkerd viz tap` can filter by.

import { type Static, Type } from 'typebox';
import { NamespaceName } from '../namespace-name.ts';
import { WorkloadKind } from '../workload-kind.ts';

const ObjectName = Type.String({ minLength: 1, maxLength: 253 });

/**
 * The target is a whole namespace, or one workload of it, of which `labelSelector` (in Kubernetes' syntax) chooses pods;
 * `maxRps` is shared by them. The proxies themselves leave out what the rest does not fit: `to…` fits only what those
 * pods send, because a proxy does not know the workload that it stands before; `path` is a prefix without a query;
 * `authority` is exact.
 */
export const TapParams = Type.Object(
  {
    namespace: NamespaceName,
    kind: Type.Optional(WorkloadKind),
    name: Type.Optional(ObjectName),
    labelSelector: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    maxRps: Type.Optional(Type.Number({ minimum: 1, maximum: 10_000 })),
    toNamespace: Type.Optional(NamespaceName),
    toKind: Type.Optional(WorkloadKind),
    toName: Type.Optional(ObjectName),
    method: Type.Optional(
      Type.String({ pattern: '^[A-Za-z][A-Za-z-]{0,31}$', description: 'an HTTP method, such as GET' }),
    ),
    scheme: Type.Optional(Type.Union([Type.Literal('http'), Type.Literal('https')])),
    authority: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    path: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
    noise: Type.Optional(Type.Union([Type.Literal('hide'), Type.Literal('show')])),
  },
  { additionalProperties: false },
);
export type TapParams = Static<typeof TapParams>;
