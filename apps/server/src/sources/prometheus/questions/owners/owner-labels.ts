// The labels that name a workload on a proxy's series: its own, and its destination's (`dst_*`).
// Order is precedence: a pod has one owner, but a user's own pod label may have the same name as a kind.

import type { WorkloadKind } from '@latchwork/shared/workload-kind';

/** `job` is the scrape job on every series, so Linkerd's scrape configuration calls the kind `k8s_job`. */
export const OWN_OWNER_LABELS: readonly (readonly [string, WorkloadKind])[] = [
  ['deployment', 'deployment'],
  ['statefulset', 'statefulset'],
  ['daemonset', 'daemonset'],
  ['k8s_job', 'job'],
  ['cronjob', 'cronjob'],
  ['replicaset', 'replicaset'],
  ['replicationcontroller', 'replicationcontroller'],
];

export const DST_OWNER_LABELS: readonly (readonly [string, WorkloadKind])[] = [
  ['dst_deployment', 'deployment'],
  ['dst_statefulset', 'statefulset'],
  ['dst_daemonset', 'daemonset'],
  ['dst_k8s_job', 'job'],
  ['dst_job', 'job'],
  ['dst_cronjob', 'cronjob'],
  ['dst_replicaset', 'replicaset'],
  ['dst_replicationcontroller', 'replicationcontroller'],
  ['dst_external_workload', 'externalworkload'],
];

/** Which pod counts, whatever its owner. */
export const POD_LABELS = ['namespace', 'pod'];

/** Who counts: the workload, and whether it is Linkerd's own. */
export const SOURCE_LABELS = [
  'namespace',
  ...OWN_OWNER_LABELS.map(([label]) => label),
  'control_plane_component',
  'extension',
];

/** Whom a call went to, where discovery knows it. */
export const TARGET_LABELS = [
  'dst_namespace',
  ...DST_OWNER_LABELS.map(([label]) => label),
  'dst_service',
  'dst_control_plane_ns',
  'target_port',
];

/** Where a call went that discovery does not know: an identity there is a meshed peer of another place. */
export const ADDRESS_LABELS = ['target_addr', 'target_port', 'authority', 'hostname', 'server_id'];

/** Which endpoint of a Service answered. */
export const ENDPOINT_LABELS = ['dst_pod', 'target_addr'];
