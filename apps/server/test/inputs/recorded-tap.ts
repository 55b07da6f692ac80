// The recorded tap streams: their bytes, and the same events as somebody else decoded them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TapPart } from '../../src/sources/tap/tap-part.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..', 'recordings');

interface RecordedPeer {
  readonly ip?: { readonly ipv4?: string };
  readonly port?: number;
}
interface RecordedMeta {
  readonly labels?: Record<string, string>;
}
interface RecordedHeaders {
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}
interface RecordedDuration {
  readonly seconds?: number | string;
  readonly nanos?: number;
}
interface RecordedId {
  readonly id?: { readonly base?: number; readonly stream?: number | string };
}
export interface RecordedEvent {
  readonly source?: RecordedPeer;
  readonly destination?: RecordedPeer;
  readonly sourceMeta?: RecordedMeta;
  readonly destinationMeta?: RecordedMeta;
  readonly routeMeta?: RecordedMeta;
  readonly proxyDirection: 'INBOUND' | 'OUTBOUND';
  readonly http: {
    readonly requestInit?: RecordedId & {
      readonly method: { readonly registered: string };
      readonly scheme: { readonly registered: string };
      readonly authority?: string;
      readonly path?: string;
      readonly headers?: RecordedHeaders;
    };
    readonly responseInit?: RecordedId & {
      readonly sinceRequestInit?: RecordedDuration;
      readonly httpStatus?: number;
      readonly headers?: RecordedHeaders;
    };
    readonly responseEnd?: RecordedId & {
      readonly sinceRequestInit?: RecordedDuration;
      readonly sinceResponseInit?: RecordedDuration;
      readonly eos?: { readonly grpcStatusCode?: number; readonly resetErrorCode?: number };
      readonly trailers?: RecordedHeaders;
    };
  };
}

export const TAP_RECORDINGS = readdirSync(join(ROOT, 'tap'))
  .filter((file) => file.endsWith('.bin.gz'))
  .map((file) => file.replace(/\.bin\.gz$/, ''));

export const TAP_ERRORS = readdirSync(join(ROOT, 'tap-errors'))
  .filter((file) => file.endsWith('.bin'))
  .map((file) => file.replace(/\.bin$/, ''));

export function recordedBytes(name: string): Buffer {
  return gunzipSync(readFileSync(join(ROOT, 'tap', `${name}.bin.gz`)));
}

export function recordedEvents(name: string): { readonly ms: number; readonly event: RecordedEvent }[] {
  return gunzipSync(readFileSync(join(ROOT, 'tap', `${name}.events.jsonl.gz`)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export function errorBytes(name: string): Buffer {
  return readFileSync(join(ROOT, 'tap-errors', `${name}.bin`));
}

export function recordedMeta(folder: 'tap' | 'tap-errors', name: string): { path: string; request: string } {
  return JSON.parse(readFileSync(join(ROOT, folder, `${name}.meta.json`), 'utf8'));
}

/** A recorded event in the words of our decoder. */
export function toPart(event: RecordedEvent): TapPart {
  const any = {
    direction: event.proxyDirection === 'INBOUND' ? 'inbound' : 'outbound',
    source: toPeer(event.source, event.sourceMeta),
    destination: toPeer(event.destination, event.destinationMeta),
    routeLabels: event.routeMeta?.labels ?? {},
  } as const;
  const { requestInit, responseInit, responseEnd } = event.http;
  if (requestInit)
    return {
      ...any,
      kind: 'request',
      streamId: toStreamId(requestInit),
      method: requestInit.method.registered,
      scheme: requestInit.scheme.registered.toLowerCase(),
      authority: requestInit.authority ?? '',
      path: requestInit.path ?? '',
      headers: toHeaders(requestInit.headers),
    };
  if (responseInit)
    return {
      ...any,
      kind: 'response',
      streamId: toStreamId(responseInit),
      sinceRequestMs: toMs(responseInit.sinceRequestInit),
      httpStatus: responseInit.httpStatus ?? 0,
      headers: toHeaders(responseInit.headers),
    };
  if (!responseEnd) throw new Error('a recorded event of no kind');
  return {
    ...any,
    kind: 'end',
    streamId: toStreamId(responseEnd),
    sinceRequestMs: toMs(responseEnd.sinceRequestInit),
    sinceResponseMs: toMs(responseEnd.sinceResponseInit),
    grpcStatus: responseEnd.eos?.grpcStatusCode ?? null,
    resetError: responseEnd.eos?.resetErrorCode ?? null,
    trailers: toHeaders(responseEnd.trailers),
  };
}

function toPeer(peer: RecordedPeer | undefined, meta: RecordedMeta | undefined) {
  return { address: `${peer?.ip?.ipv4}:${peer?.port}`, labels: meta?.labels ?? {} };
}

function toStreamId({ id }: RecordedId): string {
  return `${id?.base ?? 0}:${id?.stream ?? 0}`;
}

function toMs(duration: RecordedDuration | undefined): number | null {
  return duration ? Number(duration.seconds ?? 0) * 1e3 + (duration.nanos ?? 0) / 1e6 : null;
}

function toHeaders(headers: RecordedHeaders | undefined) {
  return (headers?.headers ?? []).map(({ name, value }) => ({ name, value }));
}
