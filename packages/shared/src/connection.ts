// What of a browser's connection arrives here, and which setting would let it in: for whoever sets up a proxy in front.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

/** `fix` is the flag that would change a no into a yes, null where nothing has to change. */
const Check = Type.Object({
  what: Type.String(),
  arrived: Nullable(Type.String()),
  ok: Type.Boolean(),
  message: Type.String(),
  fix: Nullable(Type.String()),
});

/** `publicPath`: where links of the page lead, from the base path and the proxy's `X-Forwarded-Prefix`. */
export const Connection = Type.Object({
  checks: Type.Array(Check),
  publicPath: Type.String(),
  /** Whether the numbers come from recording rules; null while nobody looks, and where the store has none. */
  reads: Nullable(Type.String()),
});
export type Connection = Static<typeof Connection>;
