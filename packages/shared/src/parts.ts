// Partial truth: the state of each question behind a value.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

export const PartState = Type.Union([Type.Literal('fresh'), Type.Literal('stale'), Type.Literal('failed')]);
export type PartState = Static<typeof PartState>;

/**
 * `since` is RFC 3339: when the state began; `message` says why and what to do, null when fresh. (The part `rules` is fresh
 * and says whether the answers of recording rules were read; it is there where the store has such rules.) `at`: the moment that the
 * last answer is about, which may be older than the value's own; absent without an answer, and where there is none. Parts of
 * Kubernetes: fresh with a `message` where nothing may be watched and lists are read again now and then; `missingRight` where
 * that is why it failed, which a finding tells with the manifest.
 */
export const Part = Type.Object({
  state: PartState,
  since: Type.String(),
  message: Nullable(Type.String()),
  at: Type.Optional(Type.String()),
  missingRight: Type.Optional(Type.String()),
});
export type Part = Static<typeof Part>;

export const Parts = Type.Record(Type.String(), Part);
export type Parts = Static<typeof Parts>;
