// Of the Live view.

import { choice, type Part, text, words } from '../field.ts';

export const GROUPS = ['route', 'source', 'target', 'status'] as const;
export type GroupBy = (typeof GROUPS)[number];

export const LIVE = {
  /** `namespace` or `namespace/kind/name`. */
  target: text('target', ['cluster']),
  groupBy: choice<GroupBy>('group', GROUPS, 'route'),
  /** What the proxies are to leave out, as `parseTapAsk` reads it. */
  ask: words('ask', 'view', 'cluster'),
  /** The requests one by one. `all`, or the row whose requests they are (`parseTapNarrow`); null: rows only. */
  tap: text('tap', ['view', 'cluster']),
  /** The key of the request that is open. */
  request: text('request', ['view', 'cluster']),
} satisfies Part;
