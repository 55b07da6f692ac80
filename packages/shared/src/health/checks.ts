// The health of the mesh: its checks, its versions, who is not in it, its gateways, and what looking at it costs.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';
import { Parts } from '../parts.ts';
import { Finding } from '../problems/finding.ts';
import { Check, NotAsked } from './check.ts';
import { Versions } from './versions.ts';

const Count = Type.Integer({ minimum: 0 });
const Amount = Nullable(Type.Number({ minimum: 0 }));

/** Pods without a proxy, one entry for each workload and cause. */
export const NotMeshed = Type.Object({
  workload: Type.String(),
  pods: Type.Array(Type.String()),
  finding: Finding,
});
export type NotMeshed = Static<typeof NotMeshed>;

/** As `linkerd viz list`: pods by name, `namespace/pod`. `restart`: older than the extension; they can be tapped after a restart. */
export const TapList = Type.Object({
  enabled: Type.Array(Type.String()),
  disabled: Type.Array(Type.String()),
  restart: Type.Array(Type.String()),
});
export type TapList = Static<typeof TapList>;

/** A link to another cluster. `alive` is null where no probe says, which on a flat network is normal. */
export const Gateway = Type.Object({
  name: Type.String(),
  namespace: Type.String(),
  cluster: Type.String(),
  address: Nullable(Type.String()),
  identity: Nullable(Type.String()),
  alive: Nullable(Type.Boolean()),
  probesPerSecond: Amount,
  latencyP50Ms: Amount,
  latencyP95Ms: Amount,
  services: Nullable(Count),
  serviceMirror: Nullable(Type.Object({ ready: Count, pods: Count })),
});
export type Gateway = Static<typeof Gateway>;

/** What the mesh's own numbers cost. Null is not known. */
export const Cost = Type.Object({
  proxies: Nullable(Count),
  samplesPerScrape: Amount,
  samplesPerProxy: Amount,
  samplesPerSecond: Amount,
  scrapeSecondsPerProxy: Amount,
  proxyMemoryBytes: Amount,
  largestProxy: Nullable(Type.Object({ pod: Type.String(), memoryBytes: Type.Number({ minimum: 0 }) })),
  /** Of this server, since it started: the store's time for each kind of question. */
  questions: Type.Array(
    Type.Object({ name: Type.String(), asked: Count, failed: Count, seconds: Type.Number({ minimum: 0 }) }),
  ),
  viewers: Count,
});
export type Cost = Static<typeof Cost>;

/** `unmeshed` and `tap` are null where Kubernetes does not say. */
export const Checks = Type.Object({
  at: Type.String(),
  checks: Type.Array(Check),
  notAsked: Type.Array(NotAsked),
  versions: Versions,
  unmeshed: Nullable(Type.Array(NotMeshed)),
  tap: Nullable(TapList),
  gateways: Nullable(Type.Array(Gateway)),
  cost: Cost,
  parts: Parts,
});
export type Checks = Static<typeof Checks>;
