// One check of the mesh's health, as `linkerd check` has it or a better one: how it stands, what says so, what to do.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';
import { Finding } from '../problems/finding.ts';

/** `unknown`: it cannot be told now; its finding names the right or the question that is missing. Never guessed to be `ok`. */
export const CheckState = Type.Union([
  Type.Literal('ok'),
  Type.Literal('warning'),
  Type.Literal('failed'),
  Type.Literal('unknown'),
]);
export type CheckState = Static<typeof CheckState>;

/**
 * `id` as `linkerd check` has it in its hint where it has one; where several checks share one, with a part of our own after
 * a `/`. `evidence` is what was seen. `finding` is null where all is well. `since`: RFC 3339, when it was first seen in this
 * state. `was`: the state in which it was before, where that changed not long ago. `changes`: how often it changed in the
 * last hour, when that is so often that it flaps; else null.
 */
export const Check = Type.Object({
  id: Type.String(),
  category: Type.String(),
  title: Type.String(),
  state: CheckState,
  evidence: Nullable(Type.String()),
  finding: Nullable(Finding),
  since: Nullable(Type.String()),
  was: Nullable(CheckState),
  changes: Nullable(Type.Integer({ minimum: 0 })),
});
export type Check = Static<typeof Check>;

/** A check of Linkerd that is not made here, and why not. */
export const NotAsked = Type.Object({
  id: Type.String(),
  category: Type.String(),
  title: Type.String(),
  why: Type.String(),
});
export type NotAsked = Static<typeof NotAsked>;
