// The last hour of one route's backends: what each of them got, and how that ended.

import { type Static, Type } from 'typebox';
import { Nullable } from '../nullable.ts';

const Points = Type.Array(Nullable(Type.Number({ minimum: 0 })));

/** One point a step, oldest first, all series equally long; null is no data. `start` is RFC 3339, of the first point. */
export const RoutePast = Type.Object({
  start: Type.String(),
  stepSeconds: Type.Number(),
  backends: Type.Array(Type.Object({ target: Type.String(), rps: Points, successRate: Points })),
});
export type RoutePast = Static<typeof RoutePast>;
