// How responses ended: by HTTP status and gRPC code, of one edge as its caller counts, or of all that one workload answered.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';
import { SNAPSHOT } from '../snapshot.ts';

/**
 * `status` is null where no response came; `grpc` is the number of a gRPC code as text (older proxies: its words), null for
 * what is no gRPC. `requests` and `failures` were counted in the window, in whole ones; Linkerd says what is a failure, not
 * the status alone.
 */
export const ResponseCount = Type.Object({
  status: Nullable(Type.String()),
  grpc: Nullable(Type.String()),
  rps: Type.Number({ minimum: 0 }),
  requests: Type.Integer({ minimum: 0 }),
  failures: Type.Integer({ minimum: 0 }),
});
export type ResponseCount = Static<typeof ResponseCount>;

/** `where` as it was asked: an edge (`edgeId`) or a workload. `untold`: in a plain sentence, why it is not told; null where it is. */
export const Responses = Type.Object({
  ...SNAPSHOT,
  where: Type.String(),
  counts: Type.Array(ResponseCount),
  untold: Nullable(Type.String()),
});
export type Responses = Static<typeof Responses>;
