// Pods: those that carry traffic, and those that wait for a node or are over.

import { letters, NODES, type Pod } from '../../cluster.ts';
import { injectedLabels, jobLabels, podLabels, templateLabels } from '../../pod-labels.ts';
import type { Scenario, StillPod, Workload } from '../../scenario/scenario.ts';
import type { Labels } from '../../selector.ts';
import type { Life } from '../../world.ts';
import { type KubeObject, toMetadata } from '../kube-object.ts';
import { type Container, toContainers } from './containers.ts';
import { TRUST_ROOT_HASH } from './health.ts';
import { endedStatus, pendingStatus, runningStatus } from './pod-status.ts';
import type { Timeline } from './timeline.ts';

const API_OF_KIND = {
  deployment: ['apps/v1', 'ReplicaSet'],
  statefulset: ['apps/v1', 'StatefulSet'],
  daemonset: ['apps/v1', 'DaemonSet'],
  job: ['batch/v1', 'Job'],
  cronjob: ['batch/v1', 'Job'],
  replicationcontroller: ['v1', 'ReplicationController'],
} as const;

const DISABLE_TAP = 'viz.linkerd.io/disable-tap';

/** `maker` is the name of what made the pod: a ReplicaSet or a Job is called otherwise than its workload. */
function ownerOf({ kind }: Workload, maker: string) {
  const [apiVersion, ownerKind] = API_OF_KIND[kind];
  return { apiVersion, kind: ownerKind, name: maker };
}

export function replicaSetName({ name }: Workload, hash: string): string {
  return `${name}-${hash}`;
}

export function templateAnnotations({ template, infrastructure }: Workload): Labels {
  return {
    ...template?.annotations,
    ...(template?.injection ? { 'linkerd.io/inject': template.injection } : {}),
    ...(infrastructure && 'component' in infrastructure.label ? { 'linkerd.io/inject': 'enabled' } : {}),
  };
}

function annotationsOf(workload: Workload, meshed: boolean, version: string): Labels {
  const own = templateAnnotations(workload);
  if (!meshed) return own;
  const isControlPlane = workload.infrastructure && !('component' in workload.infrastructure.label);
  const proxyVersion = workload.template?.proxyVersion ?? version;
  return {
    ...own,
    ...(isControlPlane ? {} : { 'linkerd.io/inject': 'enabled' }),
    'linkerd.io/created-by': isControlPlane
      ? `linkerd/cli ${version}`
      : `linkerd/proxy-injector ${proxyVersion}`,
    'linkerd.io/proxy-version': proxyVersion,
    'linkerd.io/trust-root-sha256': TRUST_ROOT_HASH,
    ...(workload.infrastructure || own[DISABLE_TAP] === 'true'
      ? {}
      : { 'viz.linkerd.io/tap-enabled': 'true' }),
  };
}

export function podSpec(
  { name, template, kind }: Workload,
  { init, main }: { init: readonly Container[]; main: readonly Container[] },
  nodeName: string | null,
): object {
  const isJob = kind === 'job' || kind === 'cronjob';
  return {
    serviceAccountName: name,
    restartPolicy: isJob ? 'Never' : 'Always',
    dnsPolicy: 'ClusterFirst',
    ...(template?.hostNetwork ? { hostNetwork: true } : {}),
    ...(init.length > 0 ? { initContainers: init } : {}),
    containers: main,
    ...(nodeName ? { nodeName } : {}),
  };
}

export function toPod(pod: Pod, life: Life, scenario: Scenario): KubeObject {
  const { workload, namespace, name, meshed, zone, ip, generation, hash } = pod;
  const node = NODES.find((one) => one.zone === zone) ?? NODES[0];
  const containers = toContainers(workload, meshed, scenario.version);
  const maker = workload.kind === 'deployment' ? replicaSetName(workload, hash) : workload.name;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: toMetadata({
      kind: 'Pod',
      namespace,
      name,
      generation,
      atMs: life.createdAtMs,
      labels: podLabels(pod, scenario.name),
      annotations: annotationsOf(workload, meshed, scenario.version),
      owner: ownerOf(workload, maker),
    }),
    spec: podSpec(workload, containers, node.name),
    status: runningStatus({ ...life, containers, ip, nodeIp: node.ip }),
  };
}

/** The Job that a CronJob made at a time: named by minutes since 1970, as its controller does. */
export function scheduledJobName({ name }: Workload, atMs: number): string {
  return `${name}-${Math.floor(atMs / 60_000)}`;
}

export function toStillPod(
  workload: Workload,
  still: StillPod,
  index: number,
  { scenario, timeline }: { scenario: Scenario; timeline: Timeline },
): KubeObject {
  const { namespace, kind, name } = workload;
  const atMs = timeline.daysBefore(still.ageDays);
  const hash = letters(`${namespace}/${kind}/${name}`, 9);
  const maker =
    kind === 'cronjob'
      ? scheduledJobName(workload, atMs)
      : kind === 'deployment'
        ? replicaSetName(workload, hash)
        : name;
  const containers = toContainers(workload, true, scenario.version);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: toMetadata({
      kind: 'Pod',
      namespace,
      name: `${maker}-${letters(`${maker}/still/${index}`, 5)}`,
      atMs,
      labels: {
        ...templateLabels(workload, scenario.name),
        ...(kind === 'deployment' ? { 'pod-template-hash': hash } : {}),
        ...(kind === 'cronjob' ? jobLabels(namespace, maker) : {}),
        ...injectedLabels(workload),
      },
      annotations: annotationsOf(workload, true, scenario.version),
      owner: ownerOf(workload, maker),
    }),
    spec: podSpec(workload, containers, still.phase === 'Pending' ? null : NODES[0].name),
    status: still.phase === 'Pending' ? pendingStatus(atMs) : endedStatus(still.phase, containers, atMs),
  };
}
