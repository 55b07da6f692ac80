// The live values without a WebSocket, for where a proxy passes none: one request says what is wanted, and its answer streams.

import { type Static, Type } from 'typebox';
import { Subscribe } from './live.ts';

/** The answer is a stream of server-sent events, each with one `ServerMessage`. Other wishes are another request. */
export const LiveEventsRequest = Type.Object(
  {
    subscriptions: Type.Array(Subscribe, { maxItems: 64 }),
    /** Ends as soon as each subscription was answered once: for proxies that hold an answer back until it is whole. */
    once: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type LiveEventsRequest = Static<typeof LiveEventsRequest>;
