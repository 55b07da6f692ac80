// Parts of requests → whole requests. Stream ids are not unique, so the key has the connection in it too.

import type { TapRequest } from '@latchwork/shared/tap/tap-event';
import type { TapPart } from './tap-part.ts';

/** A tapped request as far as it is known; the same object from its first part to its end. */
export type OpenRequest = { -readonly [K in keyof TapRequest]: TapRequest[K] } & {
  /** Whether a response began: null before the end. Its status may still be unknown, when that event was dropped. */
  responded: boolean | null;
};

type RequestStage = 'opened' | 'answered' | 'ended';

export interface RequestJoinerOptions {
  readonly onRequest: (request: OpenRequest, stage: RequestStage) => void;
  /** Its end never came. */
  readonly onExpired: (request: OpenRequest) => void;
  /** A part of a request whose beginning was never seen. */
  readonly onOrphan: (part: TapPart) => void;
  readonly nowMs: () => number;
  readonly expireAfterMs?: number;
  readonly maxOpen?: number;
}

export interface RequestJoiner {
  push(part: TapPart): void;
  /** Gives up on what has been open too long; to be called now and then. */
  expire(): void;
  readonly open: number;
}

const EXPIRE_AFTER_MS = 60_000;
const MAX_OPEN = 10_000;

export function createRequestJoiner({
  onRequest,
  onExpired,
  onOrphan,
  nowMs,
  expireAfterMs = EXPIRE_AFTER_MS,
  maxOpen = MAX_OPEN,
}: RequestJoinerOptions): RequestJoiner {
  // In order of their beginning: the oldest come first.
  const open = new Map<string, { readonly request: OpenRequest; readonly sinceMs: number }>();
  let opened = 0;

  function giveUp(key: string): void {
    const entry = open.get(key);
    if (!entry) return;
    open.delete(key);
    onExpired(entry.request);
  }

  return {
    push(part) {
      const key = keyOf(part);
      if (part.kind === 'request') {
        // One connection may see the same id again once a proxy has counted around.
        giveUp(key);
        if (open.size >= maxOpen) giveUp(open.keys().next().value as string);
        const sinceMs = nowMs();
        const request: OpenRequest = {
          key: `${key}#${opened++}`,
          at: new Date(sinceMs).toISOString(),
          direction: part.direction,
          source: part.source,
          destination: part.destination,
          method: part.method,
          scheme: part.scheme,
          authority: part.authority,
          path: part.path,
          requestHeaders: part.headers,
          httpStatus: null,
          responseHeaders: [],
          grpcStatus: null,
          resetError: null,
          trailers: [],
          latencyMs: null,
          durationMs: null,
          routeLabels: { ...part.routeLabels },
          responded: null,
        };
        open.set(key, { request, sinceMs });
        onRequest(request, 'opened');
        return;
      }
      const request = open.get(key)?.request;
      if (!request) {
        onOrphan(part);
        return;
      }
      if (part.kind === 'response') {
        request.httpStatus = part.httpStatus;
        request.responseHeaders = part.headers;
        request.latencyMs = part.sinceRequestMs;
        onRequest(request, 'answered');
        return;
      }
      open.delete(key);
      request.responded = request.httpStatus !== null || part.sinceResponseMs !== null;
      request.grpcStatus = part.grpcStatus;
      request.resetError = part.resetError;
      request.trailers = part.trailers;
      request.durationMs = part.sinceRequestMs;
      onRequest(request, 'ended');
    },
    expire() {
      const before = nowMs() - expireAfterMs;
      for (const [key, { sinceMs }] of open) {
        if (sinceMs > before) return;
        giveUp(key);
      }
    },
    get open() {
      return open.size;
    },
  };
}

function keyOf({ direction, source, destination, streamId }: TapPart): string {
  return `${direction} ${source.address} ${destination.address} ${streamId}`;
}
