// Of the Health view: whom the doctor looks at.

import { type Part, text } from '../field.ts';

export const HEALTH = {
  /** The id of a workload; null is the mesh as a whole. */
  why: text('why', ['view', 'cluster']),
} satisfies Part;
