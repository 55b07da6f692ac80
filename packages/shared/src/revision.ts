// One of the revisions that a workload has at the same time: a ReplicaSet of a Rollout, a run of a CronJob.

import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

/** `requests` and `failures` as in golden metrics: inbound, in the window, in whole ones. */
export const Revision = Type.Object({
  name: Type.String(),
  rps: Type.Number({ minimum: 0 }),
  successRate: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
  requests: Type.Integer({ minimum: 0 }),
  failures: Type.Integer({ minimum: 0 }),
});
export type Revision = Static<typeof Revision>;
