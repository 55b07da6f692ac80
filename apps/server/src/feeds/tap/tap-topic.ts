// What the live topics have in common: a tap is kept open while somebody looks, and what it says is sent as a snapshot
// a few times a second. What becomes of the requests is the fold's business.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import type { Top } from '@latchwork/shared/tap/top';
import type { SourceError } from '../../sources/source-error.ts';
import type { TapClient } from '../../sources/tap/client.ts';
import type { TapPart } from '../../sources/tap/tap-part.ts';
import { type TapRequest, tapTargetName } from '../../sources/tap/target.ts';
import type { Sink, Stop } from '../feed.ts';
import type { TopicSource } from '../hub.ts';
import { toTapRequest } from './tap-question.ts';
import { createTapSlots, type TapSlots } from './tap-slots.ts';

export interface TapTopicOptions {
  /** Null: there is no tap here. */
  readonly tap: TapClient | null;
  /** Why not. */
  readonly noTap?: TapAbsence;
  readonly nowMs: () => number;
  /** Tells what metrics say of the same target, whenever they say something new. */
  readonly watchRps: (target: TapRequest['target'], onRps: (rps: number | null) => void) => Stop;
  readonly onEvent?: () => void;
  readonly onLost?: (reason: string) => void;
  /** Shared by all topics that tap. */
  readonly slots?: TapSlots;
}

export interface TapAbsence {
  readonly message: string;
  readonly remedy: string;
}

export type TapHead = Pick<Top, 'target' | 'since' | 'at' | 'state' | 'message' | 'remedy' | 'manifest'>;

/** What the topics differ in. */
export interface TapFold<V> {
  push(part: TapPart): void;
  /** An event that came to nothing, and why. */
  lose(reason: string): void;
  value(head: TapHead, known: { readonly limitRps: number; readonly aboutRps: number | null }): V;
  /** After an event the next snapshot leaves this much later: a large one less often. */
  readonly paceMs: number;
}

export interface TapKind<V> {
  /** Whether headers are asked for. */
  readonly headers: boolean;
  readonly createFold: (request: TapRequest, noise: 'hide' | 'show', nowMs: () => number) => TapFold<V>;
}

/** Without events too, so that counters and clocks move. */
const IDLE_EVERY_MS = 2_000;
const QUIET_AFTER_MS = 10_000;
/** An attempt that has not failed after this is taken for open: the tap answers with its first event only. */
const OPEN_AFTER_MS = 3_000;

const QUIET =
  'no request was seen yet. Tap sees HTTP and gRPC only: opaque and skipped ports, refused requests and pods without a proxy stay silent';
const QUIET_FILTERED = 'no request that fits the filters was seen yet';

export const NO_TAP: TapAbsence = {
  message: 'this server has no tap',
  remedy:
    'start it with --kubeconfig, or with --tap-url, such as --tap-url http://127.0.0.1:8001 next to kubectl proxy',
};

export function createTapTopic<V>(
  options: TapTopicOptions,
  kind: TapKind<V>,
): (params: TapParams) => TopicSource<V> {
  const slots = options.slots ?? createTapSlots();

  return (params) => {
    const request = toTapRequest(params, kind.headers);
    const noise = params.noise ?? 'hide';
    return {
      key: JSON.stringify([request, noise]),
      start(sink) {
        const { tap, noTap = NO_TAP, nowMs } = options;
        const fold = kind.createFold(request, noise, nowMs);
        const free = tap ? slots.take() : noTap;
        if (!tap || typeof free === 'object') {
          const at = new Date(nowMs()).toISOString();
          const { message, remedy } = free as TapAbsence;
          const head = { since: at, at, state: 'failed', message, remedy } as const;
          sink.data(
            fold.value(
              { target: tapTargetName(request.target), ...head },
              { limitRps: request.maxRps, aboutRps: null },
            ),
          );
          return () => undefined;
        }
        const stop = startTap(tap, options, request, fold, sink);
        return () => {
          free();
          stop();
        };
      },
    };
  };
}

function startTap<V>(
  tap: TapClient,
  { nowMs, watchRps, onEvent, onLost }: TapTopicOptions,
  request: TapRequest,
  fold: TapFold<V>,
  sink: Sink<V>,
): Stop {
  const { target, maxRps } = request;
  const isNarrowed = request.match !== undefined || request.labelSelector !== undefined;
  const sinceMs = nowMs();
  let state: Top['state'] = 'waiting';
  let failure: SourceError | null = null;
  let aboutRps: number | null = null;
  let dueAtMs = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let openTimer: NodeJS.Timeout | undefined;

  function send(): void {
    const isQuiet = state === 'waiting' && nowMs() - sinceMs >= QUIET_AFTER_MS;
    const quiet = isNarrowed ? QUIET_FILTERED : QUIET;
    const head: TapHead = {
      target: tapTargetName(target),
      since: new Date(sinceMs).toISOString(),
      at: new Date(nowMs()).toISOString(),
      state,
      message: failure?.message ?? (isQuiet ? quiet : null),
      remedy: failure?.remedy ?? null,
      ...(failure?.manifest ? { manifest: failure.manifest } : {}),
    };
    sink.data(fold.value(head, { limitRps: maxRps, aboutRps }));
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
    schedule(fold.paceMs);
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
  // Metrics know the whole of a target, not the part of it that a filter leaves.
  const stopRps = isNarrowed
    ? () => undefined
    : watchRps(target, (rps) => {
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
