// What is known about the encryption of an edge: a share, never a first sample.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

export const LOCK_STATES = ['secured', 'mixed', 'plaintext', 'opaque', 'unknown'] as const;

// A mapped list loses its literals on the way into the union's type: say them once more.
export const LockState = Type.Unsafe<(typeof LOCK_STATES)[number]>(
  Type.Union(LOCK_STATES.map((state) => Type.Literal(state))),
);
export type LockState = (typeof LOCK_STATES)[number];

/** `share` is a part of the edge's base (requests, or connections of a TCP edge); `reason` as the proxy names it. */
export const LockReason = Type.Object({
  reason: Type.String(),
  share: Type.Number({ minimum: 0, maximum: 1 }),
});
export type LockReason = Static<typeof LockReason>;

/** `securedShare` is null when nothing was measured; `reasons` add up to 1 − `securedShare`. */
export const Lock = Type.Object({
  state: LockState,
  securedShare: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
  reasons: Type.Array(LockReason),
  clientIds: Type.Array(Type.String()),
  serverIds: Type.Array(Type.String()),
});
export type Lock = Static<typeof Lock>;
