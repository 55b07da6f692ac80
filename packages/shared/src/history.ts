// Recent history of the workloads' golden metrics, for sparklines: kept by the collector, never asked again.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

const Points = Type.Array(Nullable(Type.Number()));

/** One point a step, oldest first, all series equally long; null is no data. `start` is RFC 3339, of the first point. */
export const History = Type.Object({
  start: Type.String(),
  stepSeconds: Type.Number(),
  workloads: Type.Record(Type.String(), Type.Object({ rps: Points, successRate: Points })),
});
export type History = Static<typeof History>;
