// Kinds as Kubernetes writes them.

const KINDS: Record<string, string> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
  replicaset: 'ReplicaSet',
  replicationcontroller: 'ReplicationController',
  pod: 'Pod',
  externalworkload: 'ExternalWorkload',
  rollout: 'Rollout',
  cloneset: 'CloneSet',
  strimzipodset: 'StrimziPodSet',
  workflow: 'Workflow',
  sparkapplication: 'SparkApplication',
  ksvc: 'Knative Service',
  service: 'Service',
};

/** "Deployment" for `deployment`; a kind that we do not know stays as it is. */
export function kindName(kind: string): string {
  return KINDS[kind] ?? kind;
}
