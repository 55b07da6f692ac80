// Folding and opening all namespaces at once, as a change of place.

import type { Folds } from '@latchwork/graph/fold/folded-now';

/** Among the unfolded: all of them. No namespace has such a name. */
export const ALL = '*';

/** `byItself`: namespaces are folded where the address says nothing. */
export function allFoldsChange(
  isAllFolded: boolean,
  namespaces: ReadonlySet<string>,
  byItself: boolean,
): Folds {
  if (isAllFolded) return { folded: [], unfolded: byItself ? [ALL] : [] };
  return { folded: byItself ? [] : [...namespaces].sort(), unfolded: [] };
}
