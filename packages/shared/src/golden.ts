// Golden metrics: rate, success and time to first byte.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

const Quantile = Nullable(Type.Number({ minimum: 0 }));

/**
 * `successRate` is 0 to 1 by Linkerd's classification. `requests` and `failures` are what was counted in the window, in
 * whole ones: what a share can carry depends on them. Latencies are time to first byte, in ms, null without data.
 */
export const Golden = Type.Object({
  rps: Type.Number({ minimum: 0 }),
  successRate: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
  requests: Type.Integer({ minimum: 0 }),
  failures: Type.Integer({ minimum: 0 }),
  p50Ms: Quantile,
  p95Ms: Quantile,
  p99Ms: Quantile,
});
export type Golden = Static<typeof Golden>;
