// The kinds of workload that Linkerd's labels name, in lower case as in ids.

import { Type } from 'typebox';

export const WORKLOAD_KINDS = [
  'deployment',
  'statefulset',
  'daemonset',
  'job',
  'cronjob',
  'replicaset',
  'replicationcontroller',
  'pod',
  'externalworkload',
] as const;

// A mapped list loses its literals on the way into the union's type: say them once more.
export const WorkloadKind = Type.Unsafe<(typeof WORKLOAD_KINDS)[number]>(
  Type.Union(/* @__PURE__ */ WORKLOAD_KINDS.map((kind) => Type.Literal(kind))),
);
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

export function isWorkloadKind(text: string): text is WorkloadKind {
  return (WORKLOAD_KINDS as readonly string[]).includes(text);
}
