// Of the Workloads view.

import { maybe, type Part } from '../field.ts';

export const MESHED = ['yes', 'no'] as const;
export type Meshed = (typeof MESHED)[number];

export const WORKLOADS = {
  /** Only those whose pods all have a proxy, or only the others. */
  meshed: maybe<Meshed>('meshed', MESHED, 'view'),
} satisfies Part;
