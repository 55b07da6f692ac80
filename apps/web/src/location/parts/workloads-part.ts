// Of the Workloads view.

import { choice, list, maybe, type Part } from '../field.ts';

export const MESHED = ['yes', 'no'] as const;
export type Meshed = (typeof MESHED)[number];

/** What the rows are. */
export const KINDS_OF_ROWS = ['workload', 'namespace', 'pod', 'service', 'policy'] as const;
export type KindOfRows = (typeof KINDS_OF_ROWS)[number];

export const WORKLOADS = {
  rowsOf: choice<KindOfRows>('rows', KINDS_OF_ROWS, 'workload', 'view'),
  /** Only those whose pods all have a proxy, or only the others. */
  meshed: maybe<Meshed>('meshed', MESHED, 'view'),
  /** The columns that are shown beside the name; none: as many as there is room for. */
  columns: list('columns', 'view'),
} satisfies Part;
