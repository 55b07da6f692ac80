// One tapped request, joined from its parts. Secret header values never get this far.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';

/** What stands in the place of a secret in a path or an address. */
export const WITHHELD = '[withheld]';

export const TapHeader = Type.Object({ name: Type.String(), value: Nullable(Type.String()) });
export type TapHeader = Static<typeof TapHeader>;

export const TapPeer = Type.Object({
  address: Type.String(),
  labels: Type.Record(Type.String(), Type.String()),
});
export type TapPeer = Static<typeof TapPeer>;

/** `latencyMs` is to response headers, `durationMs` to the end; null when that part has not come. A header value of null was withheld. */
export const TapRequest = Type.Object({
  key: Type.String(),
  at: Type.String(),
  direction: Type.Union([Type.Literal('inbound'), Type.Literal('outbound')]),
  source: TapPeer,
  destination: TapPeer,
  method: Type.String(),
  scheme: Type.String(),
  authority: Type.String(),
  path: Type.String(),
  requestHeaders: Type.Array(TapHeader),
  httpStatus: Nullable(Type.Integer()),
  responseHeaders: Type.Array(TapHeader),
  grpcStatus: Nullable(Type.Integer()),
  resetError: Nullable(Type.Integer()),
  trailers: Type.Array(TapHeader),
  latencyMs: Nullable(Type.Number()),
  durationMs: Nullable(Type.Number()),
  routeLabels: Type.Record(Type.String(), Type.String()),
});
export type TapRequest = Static<typeof TapRequest>;
