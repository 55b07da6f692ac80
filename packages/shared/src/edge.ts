// One edge: who calls whom, how well, and whether it is locked. Counted by the caller's proxy (outbound).

import { type Static, Type } from 'typebox';
import { Golden } from './golden.ts';
import { Lock } from './lock.ts';
import { Nullable } from './nullable.ts';

const Share = Nullable(Type.Number({ minimum: 0, maximum: 1 }));
const Rate = Type.Number({ minimum: 0 });

/** Requests are attempts. `securedShare` is of requests. */
export const EdgeHttp = Type.Object({ ...Golden.properties, securedShare: Share });
export type EdgeHttp = Static<typeof EdgeHttp>;

/** Bytes as the caller counts them: read is from the target. `securedShare` is of connections that lived in the window. Null where the source did not answer (yet). */
export const EdgeTcp = Type.Object({
  opensPerSecond: Nullable(Rate),
  openConnections: Nullable(Rate),
  readBytesPerSecond: Nullable(Rate),
  writeBytesPerSecond: Nullable(Rate),
  securedShare: Share,
});
export type EdgeTcp = Static<typeof EdgeTcp>;

/** Requests a second that policy turned away, by what turned them away. */
export const Refused = Type.Object({
  authorization: Rate,
  route: Rate,
  rateLimit: Rate,
  egress: Rate,
});
export type Refused = Static<typeof Refused>;

/** Requests a second that never got to an endpoint, by the proxy's error (`FAIL_FAST`, `LOAD_SHED`). */
export const Unreached = Type.Record(Type.String(), Rate);
export type Unreached = Static<typeof Unreached>;

/**
 * Where a route divides the calls of the Service `parent`: `weight` is configured for what the target stands behind, `share`
 * is of the source's `requests` in the window to all that the route divides them between; null without any. `since`: RFC 3339,
 * the route was not changed after.
 */
export const EdgeSplit = Type.Object({
  parent: Type.String(),
  route: Type.Object({ kind: Type.String(), namespace: Type.String(), name: Type.String() }),
  weight: Type.Number({ minimum: 0, maximum: 1 }),
  share: Share,
  requests: Type.Number({ minimum: 0 }),
  since: Nullable(Type.String()),
});
export type EdgeSplit = Static<typeof EdgeSplit>;

/**
 * `refusedShare`: of the calls in the window those that policy turned away, 0 to 1; null when none was. `http` is null
 * without requests in the window; `tcp` is null without a connection. On an edge with `http`, `tcp` is its pool. `notes`
 * are plain sentences about what metrics cannot tell on this edge. `split` is absent where no route divides calls.
 */
export const Edge = Type.Object({
  source: Type.String(),
  target: Type.String(),
  http: Nullable(EdgeHttp),
  tcp: Nullable(EdgeTcp),
  lock: Lock,
  refused: Nullable(Refused),
  refusedShare: Share,
  unreached: Nullable(Unreached),
  notes: Type.Array(Type.String()),
  split: Type.Optional(EdgeSplit),
});
export type Edge = Static<typeof Edge>;
