// The problem that the address names, as what it lights on the graph.

import { problemKey } from '@latchwork/figures/problem-words';
import type { Problems } from '@latchwork/shared/problems/problems';

/** Who is in the clear or refused is alone with it; the rest is felt by everybody before. */
const FELT = ['lost', 'failing', 'slow'];

/** Null when none is open, or it is over. */
export function openProblem(value: Problems | undefined, key: string | null) {
  const problem = value?.problems.find((one) => problemKey(one) === key);
  return problem
    ? { places: problem.places.map(({ where }) => where), isFelt: FELT.includes(problem.kind) }
    : null;
}
