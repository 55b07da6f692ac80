// A problem as its maker gives it: a finding of one place, and the cause that it may share with other places.

import type { Finding } from '@latchwork/shared/problems/finding';
import type { ProblemKind } from '@latchwork/shared/problems/problem-kinds';
import { toFinding } from './finding.ts';

/** How a cause is told that explains several places. */
export interface SharedCause {
  readonly key: string;
  readonly where: string;
  readonly what: string;
}

export interface Made {
  readonly finding: Finding;
  readonly kind: ProblemKind;
  /** Of an edge: it is true of a part of its calls. */
  readonly partly: boolean;
  /** Null: it stands alone. */
  readonly cause: SharedCause | null;
  /** Not a problem of its own: told only where the place is looked at. */
  readonly isQuiet: boolean;
}

type Said = Parameters<typeof toFinding>[0] & Partial<Omit<Made, 'finding' | 'kind'>>;

export function made(
  kind: ProblemKind,
  { partly = false, cause = null, isQuiet = false, ...said }: Said,
): Made {
  return { finding: toFinding(said), kind, partly, cause, isQuiet };
}
