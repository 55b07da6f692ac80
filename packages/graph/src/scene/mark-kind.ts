// What stands on a line before its target.

import type { LockState } from '@latchwork/shared/lock';

/** `refused`: policy turned all of it away; `broken`: no endpoint was reached. */
export type MarkKind = LockState | 'refused' | 'broken' | 'none';
