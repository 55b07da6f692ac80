// What the labels of pods say of workloads: by which of them workloads can be grouped, and of one, which has which value.

import { type Static, Type } from 'typebox';
import { InventoryPart } from './inventory.ts';
import { Nullable } from './nullable.ts';

const Count = Type.Integer({ minimum: 0 });

/** As Kubernetes has them: a name, and before it a domain with a slash where it is somebody's. */
export const LabelName = Type.String({
  pattern: '^([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
  description: 'the name of a label of pods, such as team or app.kubernetes.io/part-of',
});

/** `values`: how many it has; `workloads`: of how many all pods that run agree on one. */
export const WorkloadLabel = Type.Object({ name: Type.String(), values: Count, workloads: Count });
export type WorkloadLabel = Static<typeof WorkloadLabel>;

/**
 * `labels`: those that group, the most useful first, of `workloads` in all; `more` is how many were not told. `values` are those of
 * `label` by the id of a workload or Service; empty where none was asked for. `parts`: how well pods are known.
 */
export const Labels = Type.Object({
  labels: Type.Array(WorkloadLabel),
  more: Count,
  workloads: Count,
  label: Nullable(Type.String()),
  values: Type.Record(Type.String(), Type.String()),
  parts: Type.Record(Type.String(), InventoryPart),
});
export type Labels = Static<typeof Labels>;
