// The labels by which pods of operators' own kinds tell whose they are, where Linkerd's labels do not. Text and names only.

import type { AskScope } from '../ask-scope.ts';
import { countBy, duration, matcher, series } from '../promql.ts';
import { OWN_OWNER_LABELS } from './owner-labels.ts';

/** The label of a pod, as a scrape configuration that maps all of them writes it, and the kind of which it is the name. */
export const OPERATOR_LABELS: readonly (readonly [label: string, kind: string])[] = [
  ['strimzi_io_controller_name', 'strimzipodset'],
  ['workflows_argoproj_io_workflow', 'workflow'],
  ['sparkoperator_k8s_io_app_name', 'sparkapplication'],
  ['spark_app_name', 'sparkapplication'],
  ['batch_kubernetes_io_job_name', 'job'],
  ['job_name', 'job'],
];
/** Of a CloneSet the pod has but the end of its own name. */
export const INSTANCE_LABEL = 'apps_kruise_io_cloneset_instance_id';

const NO_OWNER = OWN_OWNER_LABELS.map(([label]) => matcher(label, '=', ''));

/** Pods without an owner that Linkerd knows, with what such labels say. */
export function podOwnersQuery({
  matchers,
  windowSeconds,
}: Pick<AskScope, 'matchers' | 'windowSeconds'>): string {
  const labels = ['namespace', 'pod', ...OPERATOR_LABELS.map(([label]) => label), INSTANCE_LABEL];
  const bare = series('proxy_build_info', [...NO_OWNER, matcher('pod', '!=', ''), ...matchers]);
  return countBy(labels, `last_over_time(${bare}[${duration(windowSeconds)}])`);
}
