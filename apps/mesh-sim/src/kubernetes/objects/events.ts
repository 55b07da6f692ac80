// What happened to pods lately, as the kubelet and the scheduler note it. Pods that are well are older than any event.

import { type KubeObject, toMetadata, toTime } from '../kube-object.ts';

interface PodStatus {
  readonly phase: string;
  readonly startTime?: string;
  readonly conditions?: readonly { readonly type: string; readonly message?: string }[];
  readonly containerStatuses?: readonly {
    readonly name: string;
    readonly restartCount: number;
    readonly state?: { readonly running?: { readonly startedAt: string } };
  }[];
}

interface Told {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly component: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

const PROBE_BEFORE_MS = 30_000;

export function toEvents(pods: readonly KubeObject[]): KubeObject[] {
  return pods.flatMap((pod) => {
    const status = pod['status'] as PodStatus;
    return told(pod, status).map((one, index) => toEvent(pod, one, index));
  });
}

function told(pod: KubeObject, { phase, conditions, containerStatuses }: PodStatus): Told[] {
  const createdMs = Date.parse(pod.metadata.creationTimestamp);
  if (phase === 'Pending') {
    const message = conditions?.find(({ type }) => type === 'PodScheduled')?.message ?? '';
    const times = { firstMs: createdMs, lastMs: createdMs + 290_000 };
    return [
      {
        type: 'Warning',
        reason: 'FailedScheduling',
        message,
        count: 12,
        component: 'default-scheduler',
        ...times,
      },
    ];
  }
  // All containers of a pod that begins anew do so at once: the first one stands for them.
  const [container] = containerStatuses ?? [];
  const startedAt = container?.state?.running?.startedAt;
  if (!container || !startedAt || container.restartCount === 0) return [];
  const { name, restartCount: count } = container;
  const startedMs = Date.parse(startedAt);
  const kubelet = { component: 'kubelet', count };
  return [
    {
      ...{ type: 'Warning', reason: 'Unhealthy', ...kubelet, count: 3 * count },
      message: `Liveness probe failed: Get "http://${name}:8080/healthz": context deadline exceeded`,
      ...{ firstMs: startedMs - PROBE_BEFORE_MS, lastMs: startedMs - 1_000 },
    },
    {
      ...{ type: 'Normal', reason: 'Killing', ...kubelet },
      message: `Container ${name} failed liveness probe, will be restarted`,
      ...{ firstMs: startedMs - 1_000, lastMs: startedMs - 1_000 },
    },
    {
      ...{ type: 'Normal', reason: 'Started', ...kubelet, count: count + 1 },
      message: `Started container ${name}`,
      ...{ firstMs: createdMs, lastMs: startedMs },
    },
  ];
}

function toEvent({ kind, metadata }: KubeObject, one: Told, index: number): KubeObject {
  const { namespace = '', name, uid } = metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: toMetadata({ kind: 'Event', name: `${name}.${index}`, namespace, atMs: one.firstMs }),
    involvedObject: { apiVersion: 'v1', kind, namespace, name, uid },
    type: one.type,
    reason: one.reason,
    message: one.message,
    count: one.count,
    firstTimestamp: toTime(one.firstMs),
    lastTimestamp: toTime(one.lastMs),
    source: { component: one.component },
  };
}
