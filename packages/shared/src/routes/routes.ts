// Routes: what each rule of a Service's traffic does, as the callers' proxies count it, with the backends it is split between.

import { type Static, Type } from 'typebox';
import { Golden } from '../golden.ts';
import { Nullable } from '../nullable.ts';
import { Finding } from '../problems/finding.ts';
import { SNAPSHOT } from '../snapshot.ts';

const Share = Nullable(Type.Number({ minimum: 0, maximum: 1 }));
const Rate = Nullable(Type.Number({ minimum: 0 }));

/** `weight`: configured, as a share of its rule; `share`: of the requests that went to backends in the window. */
export const RouteBackend = Type.Object({
  target: Type.String(),
  weight: Share,
  share: Share,
  golden: Nullable(Golden),
});
export type RouteBackend = Static<typeof RouteBackend>;

/**
 * `kind` is that of the object; `default` where no object matched (`name` is then the proxy's own word, such as `http`, or
 * `[DEFAULT]` of a ServiceProfile). `parent` is `namespace/service/name`, or of a Server or an EgressNetwork. Metrics tell
 * routes apart and not their rules: `rule` is null where a route has several. `matches` are words, one for each match; null where no object is known that
 * would say it. `tried`: every attempt, where retries make them differ from `golden`. `retries`, `timeouts` and `refused` are
 * a second; null where the kind cannot have them. `latencyBoundsMs`: the bounds of the buckets that latencies were read from.
 * `counts`: what its rates are of; connections are counted when they end, by route and not by backend.
 * `weightsSince`: RFC 3339, what weighs the backends was not changed after; null without weights, or where nobody noted it.
 */
export const Route = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  group: Type.String(),
  namespace: Type.String(),
  parent: Type.String(),
  name: Type.String(),
  rule: Nullable(Type.Integer({ minimum: 0 })),
  matches: Nullable(Type.Array(Type.String())),
  backends: Type.Array(RouteBackend),
  golden: Nullable(Golden),
  tried: Nullable(Type.Object({ rps: Type.Number({ minimum: 0 }), successRate: Share })),
  retries: Nullable(Type.Object({ perSecond: Type.Number(), succeededPerSecond: Type.Number() })),
  timeouts: Rate,
  refused: Rate,
  latencyBoundsMs: Type.Array(Type.Number()),
  weightsSince: Nullable(Type.String()),
  counts: Type.Union([Type.Literal('requests'), Type.Literal('connections')]),
  finding: Nullable(Finding),
});
export type Route = Static<typeof Route>;

export const Routes = Type.Object({ ...SNAPSHOT, routes: Type.Array(Route) });
export type Routes = Static<typeof Routes>;

/** Those that the calls of one workload take. `untold`: in a plain sentence, why they are not told; null where they are. */
export const Calls = Type.Object({ ...Routes.properties, untold: Nullable(Type.String()) });
export type Calls = Static<typeof Calls>;
