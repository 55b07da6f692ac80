// Live requests folded into rows, and the honest count of what was not seen.

import { type Static, Type } from 'typebox';
import { LockReason, LockState } from '../lock.ts';
import { Nullable } from '../nullable.ts';

const Ms = Nullable(Type.Number({ minimum: 0 }));

/**
 * An end of tapped requests: `id` as in the graph when it is known; `label` for people, as the graph calls it. `host`: what
 * the caller called a host outside, whose label is its address.
 */
export const TopPeer = Type.Object({
  id: Nullable(Type.String()),
  label: Type.String(),
  namespace: Nullable(Type.String()),
  host: Type.Optional(Type.String()),
});
export type TopPeer = Static<typeof TopPeer>;

/**
 * Requests of one source, target, method and path. `count` are seen requests, `successes` of `ended` by Linkerd's
 * classification; latencies are from request to response headers, in ms; the median and p95 are of the newest 64. `lock` is over the seen requests.
 */
export const TopRow = Type.Object({
  key: Type.String(),
  direction: Type.Union([Type.Literal('inbound'), Type.Literal('outbound')]),
  source: TopPeer,
  target: TopPeer,
  method: Type.String(),
  authority: Type.String(),
  path: Type.String(),
  route: Nullable(Type.String()),
  count: Type.Integer({ minimum: 0 }),
  ended: Type.Integer({ minimum: 0 }),
  successes: Type.Integer({ minimum: 0 }),
  statuses: Type.Record(Type.String(), Type.Integer()),
  bestMs: Ms,
  medianMs: Ms,
  p95Ms: Ms,
  worstMs: Ms,
  lastMs: Ms,
  lastAt: Type.String(),
  lock: Type.Object({
    state: LockState,
    securedShare: Nullable(Type.Number()),
    reasons: Type.Array(LockReason),
  }),
});
export type TopRow = Static<typeof TopRow>;

/**
 * `received`: events from the tap; `lost`: events or rows that we had to drop, with why; `expired`: requests whose end
 * never came. `hidden`: requests left out as noise; `bothSides`: requests left out because their caller is tapped too
 * and its side is counted. `aboutRps`: what metrics say the target served and called in the same time, null when
 * unknown; a tap sees a sample of it.
 */
export const TopCounters = Type.Object({
  received: Type.Integer({ minimum: 0 }),
  requests: Type.Integer({ minimum: 0 }),
  expired: Type.Integer({ minimum: 0 }),
  lost: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer({ minimum: 0 }) })),
  rowsDropped: Type.Integer({ minimum: 0 }),
  hidden: Type.Optional(Type.Integer({ minimum: 0 })),
  bothSides: Type.Optional(Type.Integer({ minimum: 0 })),
  limitRps: Type.Number(),
  aboutRps: Nullable(Type.Number()),
});
export type TopCounters = Static<typeof TopCounters>;

/**
 * `state`: `waiting` before the first event, `streaming`, `ended` (a recording played to its end), `failed` with `message`.
 * `manifest`: what to apply where rights are missing.
 */
export const Top = Type.Object({
  target: Type.String(),
  since: Type.String(),
  at: Type.String(),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('streaming'),
    Type.Literal('ended'),
    Type.Literal('failed'),
  ]),
  message: Nullable(Type.String()),
  remedy: Nullable(Type.String()),
  manifest: Type.Optional(Type.String()),
  rows: Type.Array(TopRow),
  counters: TopCounters,
});
export type Top = Static<typeof Top>;
