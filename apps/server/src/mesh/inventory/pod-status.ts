// The status of a pod in one word, as kubectl prints it, and what it says of its being there.

import type { InventoryPod } from '@latchwork/shared/inventory';
import type { ContainerObject, PodObject } from '../../sources/kubernetes/watch/objects.ts';

export function podStatus(pod: PodObject): string {
  const status = initStatus(pod) ?? mainStatus(pod) ?? pod.reason ?? pod.phase;
  if (!pod.meta.deleting) return status;
  return pod.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
}

/** It runs, or is about to: neither over nor on its way out. */
export function isThere({ phase, status }: Pick<InventoryPod, 'phase' | 'status'>): boolean {
  return (phase === 'Running' || phase === 'Pending') && status !== 'Terminating';
}

function initStatus({ containers }: PodObject): string | null {
  const inits = containers.filter(({ isInit }) => isInit);
  for (const [index, { status, isSidecar }] of inits.entries()) {
    if (status.state === 'terminated' && status.exitCode === 0) continue;
    if (isSidecar && status.state === 'running') continue;
    if (status.state === 'terminated') return `Init:${status.reason ?? `ExitCode:${status.exitCode ?? '?'}`}`;
    if (status.state === 'waiting' && status.reason !== null && status.reason !== 'PodInitializing')
      return `Init:${status.reason}`;
    if (status.state !== null) return `Init:${index}/${inits.length}`;
  }
  return null;
}

function mainStatus({ containers, ready }: PodObject): string | null {
  const mains = containers.filter(({ isInit }) => !isInit);
  const reason = mains
    .toReversed()
    .map(containerReason)
    .find((one) => one !== null);
  const isRunning = mains.some(({ status }) => status.state === 'running');
  if (reason === 'Completed' && isRunning) return ready ? 'Running' : 'NotReady';
  return reason ?? null;
}

function containerReason({ status }: ContainerObject): string | null {
  if (status.state === 'waiting') return status.reason;
  if (status.state !== 'terminated') return null;
  return status.reason ?? `ExitCode:${status.exitCode ?? '?'}`;
}

/** Of the container that was started again last. */
export function lastEnd({ containers }: PodObject): Pick<InventoryPod, 'lastEnd'> {
  const ends = containers.flatMap(({ name, status: { before } }) =>
    before ? [{ container: name, reason: before.reason, exitCode: before.exitCode, at: before.endedAt }] : [],
  );
  const [last] = ends.sort((a, b) => ((a.at ?? '') > (b.at ?? '') ? -1 : 1));
  return last ? { lastEnd: last } : {};
}
