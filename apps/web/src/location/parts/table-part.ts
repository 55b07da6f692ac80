// Of every view with a table.

import { type Part, text, words } from '../field.ts';

export const TABLE = {
  /** A column's name, `-` before it for the largest first; null is the view's own order. */
  sort: text('sort', ['view']),
  filter: words('filter', 'view'),
} satisfies Part;
