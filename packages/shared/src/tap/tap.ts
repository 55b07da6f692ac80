// Live requests one by one: what each asked, how it was answered and locked, and which policy let it in.

import { type Static, Type } from 'typebox';
import { LockState } from '../lock.ts';
import { Nullable } from '../nullable.ts';
import { TapRequest } from './tap-event.ts';
import { Top, TopCounters, TopPeer } from './top.ts';

/** An object of Linkerd's policy. `group` is empty for what is no object: a default of the proxy, such as `all-unauthenticated`. */
export const PolicyRef = Type.Object({ group: Type.String(), kind: Type.String(), name: Type.String() });
export type PolicyRef = Static<typeof PolicyRef>;

/** What let a request in, as the proxy of its target says: the server that it reached, its route there, and what authorized it. */
export const Admission = Type.Object({
  server: Nullable(PolicyRef),
  route: Nullable(PolicyRef),
  authorization: Nullable(PolicyRef),
});
export type Admission = Static<typeof Admission>;

/**
 * `from` and `to` are named as the graph names its nodes. `toldBy`: whose proxy told of the request; where both did, it is
 * one request all the same. `lock.reason` is null when secured. `admission` is null where only the caller's proxy told. `outcome` is an HTTP status, a gRPC code or how it broke;
 * null while it is under way. `succeeded` is by Linkerd's classification, null when it cannot be told (yet). `withheld`
 * counts secrets of it that the server keeps to itself.
 */
export const TappedRequest = Type.Object({
  ...TapRequest.properties,
  from: TopPeer,
  to: TopPeer,
  route: Type.String(),
  toldBy: Type.Union([Type.Literal('caller'), Type.Literal('target'), Type.Literal('both')]),
  lock: Type.Object({ state: LockState, reason: Nullable(Type.String()) }),
  clientId: Nullable(Type.String()),
  serverId: Nullable(Type.String()),
  admission: Nullable(Admission),
  outcome: Nullable(Type.String()),
  succeeded: Nullable(Type.Boolean()),
  withheld: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type TappedRequest = Static<typeof TappedRequest>;

/** `dropped`: requests that newer ones pushed out of the list. `bothSides` as in `TopCounters`. */
export const TapCounters = Type.Object({
  received: TopCounters.properties.received,
  requests: TopCounters.properties.requests,
  expired: TopCounters.properties.expired,
  lost: TopCounters.properties.lost,
  hidden: Type.Integer({ minimum: 0 }),
  bothSides: Type.Integer({ minimum: 0 }),
  dropped: Type.Integer({ minimum: 0 }),
  limitRps: TopCounters.properties.limitRps,
  aboutRps: TopCounters.properties.aboutRps,
});
export type TapCounters = Static<typeof TapCounters>;

/** `state`, `message`, `remedy` and `manifest` as in `Top`. `requests`: the newest ones, the newest first. */
export const Tap = Type.Object({
  target: Top.properties.target,
  since: Top.properties.since,
  at: Top.properties.at,
  state: Top.properties.state,
  message: Top.properties.message,
  remedy: Top.properties.remedy,
  manifest: Top.properties.manifest,
  requests: Type.Array(TappedRequest),
  counters: TapCounters,
});
export type Tap = Static<typeof Tap>;
