// What every refused or failed request answers: what is wrong, and what to change.

import { type Static, Type } from 'typebox';

/** `field`, `value` and `allowed` name a malformed parameter; `source` the outside system that failed; `remedy` what to do. */
export const Problem = Type.Object({
  error: Type.String(),
  message: Type.String(),
  field: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
  allowed: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
  remedy: Type.Optional(Type.String()),
});
export type Problem = Static<typeof Problem>;
