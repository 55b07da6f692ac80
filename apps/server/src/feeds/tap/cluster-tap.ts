// A tap that knows its cluster: asks for the rights before it begins, and begins anew when other pods run, or when the cluster
// comes back.

import { podSet } from '../../mesh/inventory/pod-set.ts';
import type { Access, TapTarget as AccessTarget } from '../../sources/kubernetes/rights/access.ts';
import { SourceError } from '../../sources/source-error.ts';
import type { TapClient, TapListener } from '../../sources/tap/client.ts';
import { type TapRequest, type TapTarget, tapTargetName } from '../../sources/tap/target.ts';
import type { ClusterFeed } from '../cluster-feed.ts';
import { watchReturn } from '../cluster-return.ts';
import type { Stop } from '../feed.ts';

export interface ClusterTapOptions {
  readonly client: TapClient;
  readonly cluster: ClusterFeed;
  /** Null: somebody else's credentials are used, whose rights cannot be asked. */
  readonly access: ((target: AccessTarget, signal: AbortSignal) => Promise<Access>) | null;
  readonly askAgainMs?: number;
  readonly settleMs?: number;
}

/** Rights are given by hand: whoever has just done so should not have to wait long. */
const ASK_AGAIN_MS = 10_000;
/** A roll-out changes pods one by one. */
const SETTLE_MS = 1_500;

export function createClusterTap(options: ClusterTapOptions): TapClient {
  return {
    url: options.client.url,
    watch(request, listener) {
      const stopping = new AbortController();
      const stop = keepTapping(options, request, listener, stopping.signal);
      return () => {
        stopping.abort();
        stop();
      };
    },
  };
}

function keepTapping(
  { client, cluster, access, askAgainMs = ASK_AGAIN_MS, settleMs = SETTLE_MS }: ClusterTapOptions,
  request: TapRequest,
  listener: TapListener,
  signal: AbortSignal,
): Stop {
  let stopTap: Stop | null = null;
  /** The pods that are tapped; null when nobody knew them. */
  let tapped: string | null = null;
  let settling: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  /** It waits for its next attempt. */
  let isWaiting = false;

  function pods(): string | null {
    const view = cluster.current();
    return view && podSet(view.inventory, request.target);
  }

  async function begin(): Promise<void> {
    const refusal = await refusalOf(request.target, access, signal);
    if (signal.aborted) return;
    if (refusal) refuse(refusal);
    else open();
  }

  function refuse(refusal: SourceError): void {
    stopTap?.();
    stopTap = null;
    isWaiting = true;
    listener.failed(refusal, askAgainMs);
    clearTimeout(again);
    again = setTimeout(() => void begin(), askAgainMs);
  }

  function open(): void {
    stopTap?.();
    tapped = pods();
    isWaiting = false;
    stopTap = client.watch(request, {
      ...listener,
      part(part) {
        isWaiting = false;
        listener.part(part);
      },
      failed(error, againInMs) {
        isWaiting = true;
        listener.failed(error, againInMs);
        // Rights may be taken away, too.
        if (error.kind === 'refused') void recheck();
      },
    });
  }

  async function recheck(): Promise<void> {
    const refusal = await refusalOf(request.target, access, signal);
    if (refusal && !signal.aborted) refuse(refusal);
  }

  function compare(): void {
    settling = undefined;
    const now = pods();
    if (stopTap === null || now === null || now === tapped) return;
    if (tapped === null) tapped = now;
    else open();
  }

  function wake(): void {
    if (!isWaiting) return;
    isWaiting = false;
    clearTimeout(again);
    void begin();
  }

  const stopCluster = cluster.watch(() => {
    settling ??= setTimeout(compare, settleMs);
  });
  const stopWaiting = watchReturn(cluster, wake);
  void begin();
  return () => {
    clearTimeout(settling);
    clearTimeout(again);
    stopCluster();
    stopWaiting();
    stopTap?.();
  };
}

/** Null when it is allowed, or nobody can say: then the tap itself will tell. */
async function refusalOf(
  target: TapTarget,
  access: ClusterTapOptions['access'],
  signal: AbortSignal,
): Promise<SourceError | null> {
  if (access === null) return null;
  const { namespace, workload } = target;
  const asked = { namespace, resource: workload && `${workload.kind}s`, name: workload?.name ?? null };
  const answer = await access(asked, signal).catch(() => null);
  if (answer === null || answer.allowed) return null;
  return new SourceError({
    source: 'tap',
    kind: 'refused',
    message: `tap of ${tapTargetName(target)}: ${answer.message}`,
    remedy: 'let someone who may grant rights apply the manifest; it is asked again by itself',
    manifest: answer.manifest ?? undefined,
  });
}
