// The kinds of workload, in lower case as in ids: those that Linkerd's labels name, and whatever else owns pods in a cluster.

import { type Static, Type } from 'typebox';

/** An operator's own kind is one too: `rollout`, `strimzipodset`, `cloneset`. Three stand in ids for something else. */
const PATTERN = '^(?!(?:service|server|egressnetwork)$)[a-z][a-z0-9]{0,62}$';

export const WorkloadKind = /* @__PURE__ */ Type.String({
  pattern: PATTERN,
  description: 'a kind in lower case, such as deployment, statefulset, job, pod or rollout',
});
export type WorkloadKind = Static<typeof WorkloadKind>;

export function isWorkloadKind(text: string): boolean {
  return new RegExp(PATTERN).test(text);
}
