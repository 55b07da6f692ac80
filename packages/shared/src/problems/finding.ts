// One thing worth knowing of the mesh, wherever it is shown: what is, why, and what to do about it.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';

export const Severity = Type.Union([Type.Literal('bad'), Type.Literal('warn'), Type.Literal('info')]);
export type Severity = Static<typeof Severity>;

/** What can be behind a finding that metrics alone leave open: `tell` is how to see whether it is this one. */
export const PossibleCause = Type.Object({
  what: Type.String(),
  tell: Type.String(),
  remedy: Type.String(),
  command: Nullable(Type.String()),
});
export type PossibleCause = Static<typeof PossibleCause>;

/**
 * `where` names an edge (`edgeId`), a node, a pod (`namespace/pod/name`), a namespace, or `mesh`. `what` is a headline, `evidence` what was seen that says
 * so, `remedy` one thing to do; `command` and `manifest` are to be copied. `missingRight` is the right without which it cannot be
 * told. `weight` is requests a second; `since` is RFC 3339; `affected` counts the callers, and theirs. `pods` are the ones that
 * it is true of, `reported` the proxy's own word for it. `causes`: it may be one of these; absent where it is known.
 */
export const Finding = Type.Object({
  code: Type.String(),
  severity: Severity,
  where: Type.String(),
  what: Type.String(),
  evidence: Nullable(Type.String()),
  remedy: Type.String(),
  command: Nullable(Type.String()),
  manifest: Nullable(Type.String()),
  missingRight: Nullable(Type.String()),
  weight: Nullable(Type.Number({ minimum: 0 })),
  since: Nullable(Type.String()),
  affected: Nullable(Type.Integer({ minimum: 0 })),
  pods: Type.Optional(Type.Array(Type.String())),
  reported: Type.Optional(Type.String()),
  causes: Type.Optional(Type.Array(PossibleCause)),
});
export type Finding = Static<typeof Finding>;
