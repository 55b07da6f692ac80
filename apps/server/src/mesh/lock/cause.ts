// What can be behind an open lock, as Kubernetes' objects tell.

import type { Finding } from '@latchwork/shared/problems/finding';
import { toFinding } from '../findings/finding.ts';

/**
 * `certain`: the objects leave no other explanation for this part of it; else it is one that fits. `finding.where` is the
 * place that the cause is of.
 */
export interface LockCause {
  readonly finding: Finding;
  readonly certain: boolean;
}

export function toCause(certain: boolean, said: Parameters<typeof toFinding>[0]): LockCause {
  return { finding: toFinding(said), certain };
}
