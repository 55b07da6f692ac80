// All that is wrong now, the heaviest first: one line for each cause.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';
import { Parts } from '../parts.ts';
import { Finding } from './finding.ts';
import { PROBLEM_KINDS, type ProblemKind } from './problem-kinds.ts';

// A mapped list loses its literals on the way into the union's type: say them once more.
const Kind = Type.Unsafe<ProblemKind>(Type.Union(PROBLEM_KINDS.map((kind) => Type.Literal(kind))));

/** One of several places that a cause explains: an edge, a node or a pod. */
export const ProblemPlace = Type.Object({
  where: Type.String(),
  weight: Nullable(Type.Number({ minimum: 0 })),
});
export type ProblemPlace = Static<typeof ProblemPlace>;

/**
 * `partly`: of an edge, it is true of a part of its calls. `places`: all of them
 * when one cause explains several, else the one. `callers` are node ids: who calls it directly, the heaviest first; `affected` counts
 * those before them, too. `sinceBefore`: it was so already at `since`, where the data begins.
 */
export const MeshProblem = Type.Object({
  ...Finding.properties,
  kind: Kind,
  partly: Type.Boolean(),
  places: Type.Array(ProblemPlace),
  callers: Type.Array(Type.String()),
  sinceBefore: Type.Boolean(),
});
export type MeshProblem = Static<typeof MeshProblem>;

/** Who accepts a problem, why, and until when (RFC 3339, null: for good). */
export const Acceptance = Type.Object({
  name: Type.String(),
  reason: Type.String(),
  end: Nullable(Type.String()),
});
export type Acceptance = Static<typeof Acceptance>;

export const Accepted = Type.Object({ ...MeshProblem.properties, accepted: Acceptance });
export type Accepted = Static<typeof Accepted>;

/** `tooFew`: below their target, by a count that cannot carry a status. `looked` says what was looked at, such as "29 edges". */
export const Problems = Type.Object({
  at: Type.String(),
  windowSeconds: Type.Number(),
  problems: Type.Array(MeshProblem),
  tooFew: Type.Array(MeshProblem),
  accepted: Type.Array(Accepted),
  looked: Type.Array(Type.String()),
  parts: Parts,
});
export type Problems = Static<typeof Problems>;

/** What is known of one place: an edge, a node or a namespace; problems, and what is only worth knowing. */
export const PlaceFindings = Type.Object({
  at: Type.String(),
  windowSeconds: Type.Number(),
  where: Type.String(),
  findings: Type.Array(MeshProblem),
  parts: Parts,
});
export type PlaceFindings = Static<typeof PlaceFindings>;
