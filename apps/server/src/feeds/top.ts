// The live top of one target: a tap stream folded into rows, sent as a snapshot a few times a second.

import type { TopParams } from '@latchwork/shared/live';
import { workloadId } from '@latchwork/shared/node-id';
import type { Top } from '@latchwork/shared/top';
import { BadParam } from '../contract/bad-param.ts';
import { createTopFold } from '../mesh/top.ts';
import type { SourceError } from '../sources/source-error.ts';
import type { TapClient } from '../sources/tap/client.ts';
import { isTappableKind, TAPPABLE_KINDS, type TapRequest, tapTargetName } from '../sources/tap/target.ts';
import type { Sink, Stop } from './feed.ts';
import type { TopicSource } from './hub.ts';

export interface TopTopicOptions {
  /** Null: there is no tap here. */
  readonly tap: TapClient | null;
  /** Why not. */
  readonly noTap?: TapAbsence;
  readonly nowMs: () => number;
  /** Tells what metrics say of the same target, whenever they say something new. */
  readonly watchRps: (target: TapRequest['target'], onRps: (rps: number | null) => void) => Stop;
  readonly onEvent?: () => void;
  readonly onLost?: (reason: string) => void;
  readonly onStreams?: (change: 1 | -1) => void;
  readonly maxStreams?: number;
}

const MAX_STREAMS = 32;
const DEFAULT_MAX_RPS = 100;
/** Linkerd names its objects as Kubernetes does: DNS-1123 subdomains. */
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const NAME_ALLOWED = 'a DNS-1123 name: lower-case letters, digits, "-" and ".", at most 253';
/** The page gets at most 10 snapshots a second, and fewer of a large table. */
const MIN_EVERY_MS = 100;
const EVERY_MS_PER_ROW = 1;
/** Without events too, so that counters and clocks move. */
const IDLE_EVERY_MS = 2_000;
const QUIET_AFTER_MS = 10_000;
/** An attempt that has not failed after this is taken for open: the tap answers with its first event only. */
const OPEN_AFTER_MS = 3_000;

const QUIET =
  'no request was seen yet. Tap sees HTTP and gRPC only: opaque and skipped ports, refused requests and pods without a proxy stay silent';

export interface TapAbsence {
  readonly message: string;
  readonly remedy: string;
}

export const NO_TAP: TapAbsence = {
  message: 'this server has no tap',
  remedy:
    'start it with --kubeconfig, or with --tap-url, such as --tap-url http://127.0.0.1:8001 next to kubectl proxy',
};

export function createTopTopic(options: TopTopicOptions): (params: TopParams) => TopicSource<Top> {
  const { maxStreams = MAX_STREAMS } = options;
  let streams = 0;

  return (params) => {
    const request = toTapRequest(params);
    const noise = params.noise ?? 'hide';
    return {
      key: JSON.stringify([request, noise]),
      start(sink) {
        const { tap, noTap = NO_TAP } = options;
        if (!tap) return refuse(sink, options, request, noTap);
        if (streams >= maxStreams)
          return refuse(sink, options, request, {
            message: `there are ${streams} taps open already`,
            remedy: 'close one of them: every tap costs each tapped proxy',
          });
        streams++;
        options.onStreams?.(1);
        const stop = startTop(tap, options, request, noise, sink);
        return () => {
          streams--;
          options.onStreams?.(-1);
          stop();
        };
      },
    };
  };
}

function toTapRequest({ namespace, kind, name, maxRps = DEFAULT_MAX_RPS }: TopParams): TapRequest {
  if (kind === undefined && name !== undefined)
    throw new BadParam('kind', undefined, `one of ${TAPPABLE_KINDS.join(', ')}, because there is a name`);
  if (kind !== undefined && name === undefined) throw new BadParam('name', undefined, NAME_ALLOWED);
  if (name !== undefined && !NAME.test(name)) throw new BadParam('name', name, NAME_ALLOWED);
  if (kind !== undefined && !isTappableKind(kind))
    throw new BadParam('kind', kind, `one of ${TAPPABLE_KINDS.join(', ')}`);
  const workload = kind !== undefined && name !== undefined ? { kind, name } : null;
  return { target: { namespace, workload }, maxRps, headers: false };
}

function refuse(
  sink: Sink<Top>,
  { nowMs }: TopTopicOptions,
  { target, maxRps }: TapRequest,
  why: { readonly message: string; readonly remedy: string },
): Stop {
  const at = new Date(nowMs()).toISOString();
  sink.data({
    target: tapTargetName(target),
    since: at,
    at,
    state: 'failed',
    ...why,
    rows: [],
    counters: {
      received: 0,
      requests: 0,
      expired: 0,
      lost: [],
      rowsDropped: 0,
      limitRps: maxRps,
      aboutRps: null,
    },
  });
  return () => undefined;
}

function startTop(
  tap: TapClient,
  { nowMs, watchRps, onEvent, onLost }: TopTopicOptions,
  request: TapRequest,
  noise: 'hide' | 'show',
  sink: Sink<Top>,
): Stop {
  const { target, maxRps } = request;
  const { namespace, workload } = target;
  const fold = createTopFold({
    target: { namespace, workloadId: workload ? workloadId(namespace, workload.kind, workload.name) : null },
    noise,
    nowMs,
  });
  const sinceMs = nowMs();
  let state: Top['state'] = 'waiting';
  let failure: SourceError | null = null;
  let aboutRps: number | null = null;
  let dueAtMs = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let openTimer: NodeJS.Timeout | undefined;

  function send(): void {
    const { rows, counters } = fold.snapshot();
    const quiet = state === 'waiting' && nowMs() - sinceMs >= QUIET_AFTER_MS;
    sink.data({
      target: tapTargetName(target),
      since: new Date(sinceMs).toISOString(),
      at: new Date(nowMs()).toISOString(),
      state,
      message: failure?.message ?? (quiet ? QUIET : null),
      remedy: failure?.remedy ?? null,
      ...(failure?.manifest ? { manifest: failure.manifest } : {}),
      rows,
      counters: { ...counters, limitRps: maxRps, aboutRps },
    });
    dueAtMs = Number.POSITIVE_INFINITY;
    schedule(IDLE_EVERY_MS);
  }

  function schedule(afterMs: number): void {
    const atMs = nowMs() + afterMs;
    if (atMs >= dueAtMs) return;
    dueAtMs = atMs;
    clearTimeout(timer);
    timer = setTimeout(send, afterMs);
  }

  function changed(): void {
    schedule(MIN_EVERY_MS + fold.rows * EVERY_MS_PER_ROW);
  }

  function enter(next: Top['state'], why: SourceError | null): void {
    if (next === state && why === failure) return;
    state = next;
    failure = why;
    clearTimeout(openTimer);
    changed();
  }

  const stopTap = tap.watch(request, {
    part(part) {
      onEvent?.();
      fold.push(part);
      enter('streaming', null);
      changed();
    },
    lost(reason) {
      onEvent?.();
      onLost?.(reason);
      fold.lose(reason);
      changed();
    },
    failed(error, againInMs) {
      enter('failed', error);
      openTimer = setTimeout(() => enter('waiting', null), againInMs + OPEN_AFTER_MS);
    },
    ended: () => enter('ended', null),
  });
  const stopRps = watchRps(target, (rps) => {
    aboutRps = rps;
    changed();
  });
  // At once, so that the page can say that it waits.
  send();

  return () => {
    clearTimeout(timer);
    clearTimeout(openTimer);
    stopTap();
    stopRps();
  };
}
