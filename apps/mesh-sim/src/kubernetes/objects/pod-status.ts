// What the kubelet says of a pod: phase, conditions, containers. Knows no workloads.

import { toTime } from '../kube-object.ts';
import type { Container, PodContainers } from './containers.ts';

interface RunningPod {
  readonly containers: PodContainers;
  readonly ip: string;
  readonly nodeIp: string;
  readonly createdAtMs: number;
  readonly startedAtMs: number;
  readonly restarts: number;
}

function condition(type: string, atMs: number, more: object = { status: 'True' }) {
  return { type, lastTransitionTime: toTime(atMs), ...more };
}

function containerStatus({ name, image }: Container, more: object) {
  return { name, image, imageID: '', ready: true, restartCount: 0, started: true, ...more };
}

function terminated(atMs: number, exitCode = 0) {
  return {
    terminated: {
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      startedAt: toTime(atMs),
      finishedAt: toTime(atMs + 1_000),
    },
  };
}

export function runningStatus(pod: RunningPod): object {
  const { containers, ip, nodeIp, createdAtMs, startedAtMs, restarts } = pod;
  const running = (container: Container) =>
    containerStatus(container, {
      restartCount: restarts,
      state: { running: { startedAt: toTime(startedAtMs) } },
      ...(restarts > 0 ? { lastState: terminated(startedAtMs - 1_000, 137) } : {}),
    });
  return {
    phase: 'Running',
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
      (type) => condition(type, type === 'PodScheduled' ? createdAtMs : startedAtMs),
    ),
    hostIP: nodeIp,
    hostIPs: [{ ip: nodeIp }],
    podIP: ip,
    podIPs: [{ ip }],
    startTime: toTime(createdAtMs),
    qosClass: 'BestEffort',
    ...(containers.init.length > 0
      ? {
          initContainerStatuses: containers.init.map((container) =>
            container['restartPolicy'] === 'Always'
              ? running(container)
              : containerStatus(container, { started: false, state: terminated(createdAtMs) }),
          ),
        }
      : {}),
    containerStatuses: containers.main.map(running),
  };
}

/** No node took it: nothing was started, and it has no address. */
export function pendingStatus(createdAtMs: number): object {
  const why = {
    status: 'False',
    reason: 'Unschedulable',
    message: '0/2 nodes are available: 2 Insufficient memory.',
  };
  return {
    phase: 'Pending',
    conditions: [condition('PodScheduled', createdAtMs, why)],
    qosClass: 'Burstable',
  };
}

export function endedStatus(
  phase: 'Succeeded' | 'Failed',
  { init, main }: PodContainers,
  createdAtMs: number,
): object {
  const notReady = { status: 'False', reason: phase === 'Failed' ? 'PodFailed' : 'PodCompleted' };
  const ended = (exitCode: number) => (container: Container) =>
    containerStatus(container, { ready: false, started: false, state: terminated(createdAtMs, exitCode) });
  return {
    phase,
    conditions: [
      condition('Ready', createdAtMs, notReady),
      condition('ContainersReady', createdAtMs, notReady),
      condition('PodScheduled', createdAtMs),
    ],
    startTime: toTime(createdAtMs),
    qosClass: 'BestEffort',
    ...(init.length > 0 ? { initContainerStatuses: init.map(ended(0)) } : {}),
    containerStatuses: main.map(ended(phase === 'Failed' ? 1 : 0)),
  };
}
