// A tap that stays open: opens the stream, hands out its events, and opens it again when it breaks. Knows no topic.

import { setTimeout as wait } from 'node:timers/promises';
import { failureWords } from '../../network/failure-words.ts';
import { within } from '../../within.ts';
import { SourceError } from '../source-error.ts';
import { decodeFrame } from './decode.ts';
import { createFrameReader } from './frame.ts';
import { createRedaction, type Redaction, type RedactionOptions, USUAL_REDACTION } from './redact.ts';
import { toBrokenStreamError, toConnectionError, toStatusError, toTapError } from './tap-error.ts';
import type { TapPart } from './tap-part.ts';
import { type TapRequest, type TapTarget, tapBody, tapPath } from './target.ts';
import type { TapAnswer, TapTransport } from './transport.ts';

export interface TapListener {
  part(part: TapPart): void;
  /** An event that cannot be used, and why. */
  lost(reason: string): void;
  /** It is opened again by itself after `againInMs`. */
  failed(error: SourceError, againInMs: number): void;
  /** A recording came to its end: nothing more will come. */
  ended(): void;
}

export interface TapClient {
  /** For people, without credentials. */
  readonly url: string;
  watch(request: TapRequest, listener: TapListener): () => void;
}

export interface TapClientOptions {
  readonly url: string;
  readonly transport: TapTransport;
  /** False for a recording: there the end of a stream is the end. */
  readonly reopen: boolean;
  /** 0 to 1. */
  readonly random: () => number;
  readonly firstBackoffMs?: number;
  readonly redaction?: RedactionOptions;
}

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;
const MAX_ERROR_BYTES = 64 * 1024;
const ERROR_BODY_MS = 5_000;

export function createTapClient(options: TapClientOptions): TapClient {
  return {
    url: options.url,
    watch(request, listener) {
      const stopping = new AbortController();
      void keepOpen(options, request, listener, stopping.signal);
      return () => stopping.abort();
    },
  };
}

async function keepOpen(
  options: TapClientOptions,
  request: TapRequest,
  listener: TapListener,
  signal: AbortSignal,
): Promise<void> {
  const { url, transport, reopen, random, firstBackoffMs = FIRST_BACKOFF_MS } = options;
  const redaction = options.redaction ? createRedaction(options.redaction) : USUAL_REDACTION;
  let backoffMs = firstBackoffMs;
  while (!signal.aborted) {
    const attempt: TapListener = {
      ...listener,
      part(part) {
        backoffMs = firstBackoffMs;
        if (!signal.aborted) listener.part(part);
      },
    };
    const failure = await readStream({ url, transport, redaction }, request, attempt, signal);
    if (signal.aborted) return;
    if (failure === null && !reopen) {
      listener.ended();
      return;
    }
    // Everybody who was cut off at once must not come back at once.
    const againInMs = backoffMs * (0.75 + random() / 2);
    backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
    listener.failed(failure ?? toBrokenStreamError('the stream ended', request.target), againInMs);
    await wait(againInMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Null when the stream came to a proper end. */
async function readStream(
  { url, transport, redaction }: { url: string; transport: TapTransport; redaction: Redaction },
  request: TapRequest,
  listener: TapListener,
  signal: AbortSignal,
): Promise<SourceError | null> {
  // Its own: whatever ends this attempt also ends its connection.
  const attempt = new AbortController();
  const own = AbortSignal.any([signal, attempt.signal]);
  const { target } = request;
  try {
    let answer: TapAnswer;
    try {
      answer = await transport(tapPath(target), tapBody(request), own);
    } catch (error) {
      return error instanceof SourceError ? error : toConnectionError(error, target, url);
    }
    const refusal = await refusalOf(answer, target);
    return refusal ?? (await readEvents(answer, target, listener, redaction));
  } finally {
    attempt.abort();
  }
}

async function refusalOf(answer: TapAnswer, target: TapTarget): Promise<SourceError | null> {
  const header = answer.header('linkerd-error');
  if (answer.status === 200 && header === null) {
    const type = answer.header('content-type') ?? '';
    return /^text\/html/i.test(type) ? toStatusError(200, await firstBytes(answer, 'utf8'), target) : null;
  }
  if (header === null) return toStatusError(answer.status, await firstBytes(answer, 'utf8'), target);
  // Status 200 says nothing here: the header does, and the frame says it better.
  return toTapError(
    framedMessage(Buffer.from(await firstBytes(answer, 'latin1'), 'latin1')) ?? header,
    target,
  );
}

function framedMessage(bytes: Uint8Array): string | null {
  try {
    const [frame] = createFrameReader().push(bytes);
    const decoded = frame ? decodeFrame(frame) : null;
    return decoded?.kind === 'error' ? decoded.message : null;
  } catch {
    return null;
  }
}

/** An error is short; whoever sends more, or dribbles, is not waited for. */
async function firstBytes(answer: TapAnswer, encoding: 'utf8' | 'latin1'): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  async function read() {
    for await (const piece of answer.body) {
      pieces.push(piece);
      length += piece.length;
      if (length >= MAX_ERROR_BYTES) return;
    }
  }
  await within(
    read().catch(() => undefined),
    ERROR_BODY_MS,
    () => undefined,
  );
  return Buffer.concat(pieces).toString(encoding);
}

async function readEvents(
  answer: TapAnswer,
  target: TapTarget,
  listener: TapListener,
  redaction: Redaction,
): Promise<SourceError | null> {
  const frames = createFrameReader();
  try {
    for await (const chunk of answer.body) {
      for (const frame of frames.push(chunk)) {
        const failure = handOut(frame, target, listener, redaction);
        if (failure) return failure;
      }
    }
  } catch (error) {
    const what =
      error instanceof RangeError
        ? `what came is no tap stream: ${error.message}`
        : `the stream broke: ${failureWords(error as NodeJS.ErrnoException)}`;
    return toBrokenStreamError(what, target, error);
  }
  const cut = frames.pendingBytes();
  return cut > 0
    ? toBrokenStreamError(`the stream was cut in the middle of an event (${cut} bytes of it came)`, target)
    : null;
}

/** An error in the middle of a stream ends it; one unreadable event does not. */
function handOut(
  frame: Uint8Array,
  target: TapTarget,
  listener: TapListener,
  redaction: Redaction,
): SourceError | null {
  let decoded: ReturnType<typeof decodeFrame>;
  try {
    decoded = decodeFrame(frame, redaction);
  } catch {
    listener.lost('unreadable event');
    return null;
  }
  if (decoded.kind === 'error') return toTapError(decoded.message, target);
  if (decoded.kind === 'unknown') listener.lost('event of an unknown kind');
  else listener.part(decoded.part);
  return null;
}
