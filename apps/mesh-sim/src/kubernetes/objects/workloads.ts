// What makes pods: Deployments with their ReplicaSets, StatefulSets, DaemonSets, Jobs, CronJobs, ReplicationControllers.

import { letters } from '../../cluster.ts';
import { jobLabels, selectorLabels, templateLabels } from '../../pod-labels.ts';
import type { Scenario, Workload } from '../../scenario/scenario.ts';
import type { Labels } from '../../selector.ts';
import { uidOf } from '../../uid.ts';
import { type KubeObject, toMetadata, toTime } from '../kube-object.ts';
import { toContainers } from './containers.ts';
import { podSpec, replicaSetName, scheduledJobName, templateAnnotations } from './pods.ts';
import type { Timeline } from './timeline.ts';

export interface Counts {
  /** Pods wanted. */
  readonly wanted: number;
  readonly ready: number;
}

interface Context {
  readonly scenario: Scenario;
  readonly timeline: Timeline;
}

function template(workload: Workload, { name, version }: Scenario, more: Labels = {}): object {
  const annotations = templateAnnotations(workload);
  return {
    metadata: {
      labels: { ...templateLabels(workload, name), ...more },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec: podSpec(workload, toContainers(workload, false, version), null),
  };
}

function replicaStatus({ wanted, ready }: Counts): object {
  return {
    replicas: wanted,
    readyReplicas: ready,
    availableReplicas: ready,
    updatedReplicas: wanted,
    ...(ready < wanted ? { unavailableReplicas: wanted - ready } : {}),
    observedGeneration: 1,
  };
}

function deployment(workload: Workload, counts: Counts, { scenario, timeline }: Context): KubeObject[] {
  const { namespace, name } = workload;
  const hash = letters(`${namespace}/deployment/${name}`, 9);
  const matchLabels = selectorLabels(workload, scenario.name);
  const labels = templateLabels(workload, scenario.name);
  const byHash = { 'pod-template-hash': hash };
  const made = { namespace, atMs: timeline.workloadsMs };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: toMetadata({
        ...made,
        kind: 'Deployment',
        name,
        labels,
        annotations: { 'deployment.kubernetes.io/revision': '1' },
      }),
      spec: {
        replicas: counts.wanted,
        selector: { matchLabels },
        template: template(workload, scenario),
      },
      status: replicaStatus(counts),
    },
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: toMetadata({
        ...made,
        kind: 'ReplicaSet',
        name: replicaSetName(workload, hash),
        labels: { ...labels, ...byHash },
        owner: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      }),
      spec: {
        replicas: counts.wanted,
        selector: { matchLabels: { ...matchLabels, ...byHash } },
        template: template(workload, scenario, byHash),
      },
      status: replicaStatus(counts),
    },
  ];
}

function replicated(
  kind: 'StatefulSet' | 'ReplicationController',
  workload: Workload,
  counts: Counts,
  { scenario, timeline }: Context,
): KubeObject[] {
  const { namespace, name } = workload;
  const labels = templateLabels(workload, scenario.name);
  const matchLabels = selectorLabels(workload, scenario.name);
  return [
    {
      apiVersion: kind === 'StatefulSet' ? 'apps/v1' : 'v1',
      kind,
      metadata: toMetadata({ kind, namespace, name, atMs: timeline.workloadsMs, labels }),
      spec: {
        replicas: counts.wanted,
        // The older kind has labels where the younger one has a selector.
        selector: kind === 'StatefulSet' ? { matchLabels } : matchLabels,
        ...(kind === 'StatefulSet' ? { serviceName: name, podManagementPolicy: 'OrderedReady' } : {}),
        template: template(workload, scenario),
      },
      status: replicaStatus(counts),
    },
  ];
}

function daemonSet(workload: Workload, counts: Counts, { scenario, timeline }: Context): KubeObject[] {
  const { namespace, name } = workload;
  const kind = 'DaemonSet';
  const labels = templateLabels(workload, scenario.name);
  return [
    {
      apiVersion: 'apps/v1',
      kind,
      metadata: toMetadata({ kind, namespace, name, atMs: timeline.workloadsMs, labels }),
      spec: {
        selector: { matchLabels: selectorLabels(workload, scenario.name) },
        template: template(workload, scenario),
      },
      status: {
        currentNumberScheduled: counts.wanted,
        desiredNumberScheduled: counts.wanted,
        numberReady: counts.ready,
        numberAvailable: counts.ready,
        numberMisscheduled: 0,
        observedGeneration: 1,
      },
    },
  ];
}

interface JobRun {
  readonly name: string;
  readonly atMs: number;
  readonly phase: 'Running' | 'Succeeded' | 'Failed';
}

function job(workload: Workload, { name, atMs, phase }: JobRun, { scenario }: Context): KubeObject {
  const { namespace, kind, name: owner } = workload;
  const counted = { Running: { active: 1, ready: 1 }, Succeeded: { succeeded: 1 }, Failed: { failed: 1 } };
  const over = { Running: null, Succeeded: 'Complete', Failed: 'Failed' }[phase];
  const time = toTime(atMs);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: toMetadata({
      kind: 'Job',
      namespace,
      name,
      atMs,
      labels: { ...templateLabels(workload, scenario.name), ...jobLabels(namespace, name) },
      ...(kind === 'cronjob' ? { owner: { apiVersion: 'batch/v1', kind: 'CronJob', name: owner } } : {}),
    }),
    spec: {
      parallelism: 1,
      completions: 1,
      backoffLimit: 0,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uidOf('Job', namespace, name) } },
      template: template(workload, scenario, jobLabels(namespace, name)),
    },
    status: {
      ...counted[phase],
      startTime: time,
      ...(over ? { conditions: [{ type: over, status: 'True', lastTransitionTime: time }] } : {}),
    },
  };
}

function cronJob(workload: Workload, context: Context): KubeObject[] {
  const { scenario, timeline } = context;
  const { namespace, name, stillPods = [] } = workload;
  const kind = 'CronJob';
  const runs = stillPods.map(({ phase, ageDays }): JobRun => {
    const atMs = timeline.daysBefore(ageDays);
    return { name: scheduledJobName(workload, atMs), atMs, phase: phase === 'Pending' ? 'Running' : phase };
  });
  return [
    {
      apiVersion: 'batch/v1',
      kind,
      metadata: toMetadata({
        kind,
        namespace,
        name,
        atMs: timeline.workloadsMs,
        labels: templateLabels(workload, scenario.name),
      }),
      spec: {
        schedule: '0 */12 * * *',
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { backoffLimit: 0, template: template(workload, scenario) } },
      },
      status: { lastScheduleTime: toTime(Math.max(...runs.map(({ atMs }) => atMs))) },
    },
    ...runs.map((run) => job(workload, run, context)),
  ];
}

export function toWorkloads(workload: Workload, counts: Counts, context: Context): KubeObject[] {
  switch (workload.kind) {
    case 'deployment':
      return deployment(workload, counts, context);
    case 'statefulset':
      return replicated('StatefulSet', workload, counts, context);
    case 'replicationcontroller':
      return replicated('ReplicationController', workload, counts, context);
    case 'daemonset':
      return daemonSet(workload, counts, context);
    case 'job':
      return [
        job(
          workload,
          { name: workload.name, atMs: context.timeline.daysBefore(0.004), phase: 'Running' },
          context,
        ),
      ];
    case 'cronjob':
      return cronJob(workload, context);
  }
}
