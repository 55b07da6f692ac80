// A reason of a proxy in plain words: what it means, what to do, and what can be behind it.

import type { PossibleCause } from '@latchwork/shared/problems/finding';

export interface Explanation {
  readonly what: string;
  readonly evidence: string;
  readonly remedy: string;
  readonly causes: readonly PossibleCause[];
}
