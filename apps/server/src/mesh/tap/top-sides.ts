// A call between two tapped pods is seen by both proxies, and the two views share no id: this decides which one counts.

import { workloadId } from '@latchwork/shared/node-id';
import type { TapRequest } from '@latchwork/shared/tap/tap-event';
import type { TapTarget } from '../../sources/tap/target.ts';
import { podOf, sourceOf } from './top-peer.ts';

/** Which pods the tap asked for: those of one workload, or of a namespace when `workloadId` is null. */
export interface TopTarget {
  readonly namespace: string;
  readonly workloadId: string | null;
}

export function toTopTarget({ namespace, workload }: TapTarget): TopTarget {
  return { namespace, workloadId: workload ? workloadId(namespace, workload.kind, workload.name) : null };
}

/**
 * The outbound side counts: the caller's proxy also knows what never arrived, and its lock is the edge's. So an inbound
 * request is left out when its caller is tapped too. A caller is tapped when the target includes it, unless its proxy
 * stays silent: a pod whose requests arrive for `patienceMs` without one event of its own is not tapped (it may be older
 * than linkerd-viz), and from then on the inbound side counts.
 */
export interface TopSides {
  /** True when this request is to be counted. Every request has to be shown, those of the other side too. */
  counts(request: TapRequest): boolean;
}

const PATIENCE_MS = 10_000;

export function createTopSides(
  target: TopTarget,
  nowMs: () => number,
  patienceMs: number = PATIENCE_MS,
): TopSides {
  const tapped = new Set<string>();
  const silentSinceMs = new Map<string, number>();

  function isTapped(pod: string): boolean {
    if (tapped.has(pod)) return true;
    const since = silentSinceMs.get(pod) ?? nowMs();
    silentSinceMs.set(pod, since);
    return nowMs() - since < patienceMs;
  }

  return {
    counts(request) {
      const own = podOf(request.direction === 'outbound' ? request.source : request.destination);
      if (own) {
        tapped.add(own);
        silentSinceMs.delete(own);
      }
      if (request.direction === 'outbound') return true;
      const caller = podOf(request.source);
      return !caller || !isIncluded(request, target) || !isTapped(caller);
    },
  };
}

/** Whether the caller is a meshed pod that the tap asked for. */
function isIncluded(request: TapRequest, { namespace, workloadId }: TopTarget): boolean {
  const { labels } = request.source;
  if (!labels.control_plane_ns || labels.namespace !== namespace) return false;
  return workloadId === null || sourceOf(request).id === workloadId;
}
