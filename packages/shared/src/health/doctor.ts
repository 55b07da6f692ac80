// Why a number is empty: the known causes, tested in order up to the first that is true.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';
import { Parts } from '../parts.ts';
import { Finding } from '../problems/finding.ts';

/** `skipped`: not asked, because one before it already says why. `unknown`: it cannot be told; what follows is asked all the same. */
export const DoctorState = Type.Union([
  Type.Literal('ok'),
  Type.Literal('failed'),
  Type.Literal('unknown'),
  Type.Literal('skipped'),
]);
export type DoctorState = Static<typeof DoctorState>;

export const DoctorStep = Type.Object({
  id: Type.String(),
  title: Type.String(),
  state: DoctorState,
  evidence: Nullable(Type.String()),
  finding: Nullable(Finding),
});
export type DoctorStep = Static<typeof DoctorStep>;

/**
 * `workload` null: of the mesh as a whole. `cause` is the finding of the step that failed, null where none did; `words` says
 * it in two or three words, for a cell.
 */
export const Doctor = Type.Object({
  at: Type.String(),
  windowSeconds: Nullable(Type.Number()),
  workload: Nullable(Type.String()),
  steps: Type.Array(DoctorStep),
  cause: Nullable(Finding),
  words: Nullable(Type.String()),
  parts: Parts,
});
export type Doctor = Static<typeof Doctor>;
