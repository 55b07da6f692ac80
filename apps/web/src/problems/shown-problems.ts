// Which problems a list shows, and in which order. Pure.

import { namespaceOf, problemKey } from '@latchwork/figures/problem-words';
import type { ProblemKind } from '@latchwork/shared/problems/problem-kinds';
import type { MeshProblem } from '@latchwork/shared/problems/problems';
import type { ProblemOrder } from '../location/parts/problems-part.ts';

/** From here on a list is no list any more. */
const MANY = 50;

export interface Shown {
  rows: readonly MeshProblem[];
  /** How many are left out. */
  rest: number;
}

export function shownProblems(
  all: readonly MeshProblem[],
  { kind, order, opened }: { kind: ProblemKind | null; order: ProblemOrder; opened: string | null },
): Shown {
  const ordered = all.filter((one) => kind === null || one.kind === kind).toSorted(COMPARE[order]);
  const rows = ordered.filter((one, index) => index < MANY || problemKey(one) === opened);
  return { rows, rest: ordered.length - rows.length };
}

/** The server ranks by weight; the newest first; by namespace and name. */
const COMPARE: Record<ProblemOrder, (a: MeshProblem, b: MeshProblem) => number> = {
  weight: () => 0,
  time: (a, b) => compare(b.since ?? '', a.since ?? ''),
  place: (a, b) => compare(namespaceOf(a.where) + a.where, namespaceOf(b.where) + b.where),
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
