// Bytes of one frame → a part of a request, or the sentence with which the stream failed.

import { fromBinary } from '@bufbuild/protobuf';
import type { Duration } from '@bufbuild/protobuf/wkt';
import type { TapHeader, TapPeer } from '@latchwork/shared/tap/tap-event';
import {
  ApiErrorSchema,
  type Headers,
  type HttpMethod,
  HttpMethod_Registered,
  type IpAddress,
  type Scheme,
  Scheme_Registered,
  type TapEvent,
  type TapEvent_EndpointMeta,
  type TapEvent_Http_StreamId,
  TapEvent_ProxyDirection,
  TapEventSchema,
  type TcpAddress,
} from './gen/tap_pb.js';
import { type Redaction, USUAL_REDACTION } from './redact.ts';
import { bounded, boundedHeaders, boundedLabels } from './tap-bounds.ts';
import type { TapPart } from './tap-part.ts';

export type Decoded =
  | { readonly kind: 'part'; readonly part: TapPart }
  | { readonly kind: 'error'; readonly message: string }
  /** Well-formed, but nothing that we know: a newer tap may send it. */
  | { readonly kind: 'unknown' };

/** Throws on bytes that are no message. */
export function decodeFrame(bytes: Uint8Array, redaction: Redaction = USUAL_REDACTION): Decoded {
  const message = apiError(bytes);
  if (message !== null) return { kind: 'error', message };
  const part = toPart(fromBinary(TapEventSchema, bytes), redaction);
  return part ? { kind: 'part', part } : { kind: 'unknown' };
}

/**
 * An error comes on the same stream, in the same frame and with the same first field as an event. What tells them
 * apart: an error has field 1 and nothing else, and its bytes are text; an event without anything but a source is none.
 */
function apiError(bytes: Uint8Array): string | null {
  if (bytes[0] !== 0x0a) return null;
  let length = 0;
  let at = 1;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined) return null;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return at + length === bytes.length ? fromBinary(ApiErrorSchema, bytes).error : null;
}

function toPart(event: TapEvent, redaction: Redaction): TapPart | null {
  const direction =
    event.proxyDirection === TapEvent_ProxyDirection.INBOUND
      ? 'inbound'
      : event.proxyDirection === TapEvent_ProxyDirection.OUTBOUND
        ? 'outbound'
        : null;
  const http = event.event.case === 'http' ? event.event.value.event : null;
  if (!direction || !http?.case) return null;
  const any = {
    direction,
    source: toPeer(event.source, event.sourceMeta),
    destination: toPeer(event.destination, event.destinationMeta),
    routeLabels: boundedLabels(event.routeMeta?.labels ?? {}),
    streamId: toStreamId(http.value.id),
  } as const;
  switch (http.case) {
    case 'requestInit':
      return {
        ...any,
        kind: 'request',
        method: bounded(methodName(http.value.method)),
        scheme: bounded(schemeName(http.value.scheme)),
        authority: bounded(http.value.authority),
        path: bounded(redaction.path(http.value.path)),
        headers: boundedHeaders(redaction.headers(toHeaders(http.value.headers))),
      };
    case 'responseInit':
      return {
        ...any,
        kind: 'response',
        sinceRequestMs: toMs(http.value.sinceRequestInit),
        httpStatus: http.value.httpStatus,
        headers: boundedHeaders(redaction.headers(toHeaders(http.value.headers))),
      };
    case 'responseEnd': {
      const end = http.value.eos?.end;
      return {
        ...any,
        kind: 'end',
        sinceRequestMs: toMs(http.value.sinceRequestInit),
        sinceResponseMs: toMs(http.value.sinceResponseInit),
        grpcStatus: end?.case === 'grpcStatusCode' ? end.value : null,
        resetError: end?.case === 'resetErrorCode' ? end.value : null,
        trailers: boundedHeaders(redaction.headers(toHeaders(http.value.trailers))),
      };
    }
  }
}

function toPeer(address: TcpAddress | undefined, meta: TapEvent_EndpointMeta | undefined): TapPeer {
  const ip = toIp(address?.ip);
  const port = address?.port ?? 0;
  return {
    address: ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`,
    labels: boundedLabels(meta?.labels ?? {}),
  };
}

function toIp(address: IpAddress | undefined): string {
  const ip = address?.ip;
  if (ip?.case === 'ipv4') return [24, 16, 8, 0].map((shift) => (ip.value >>> shift) & 0xff).join('.');
  if (ip?.case === 'ipv6') return toIpv6(ip.value.first, ip.value.last);
  return '0.0.0.0';
}

/** As RFC 5952 writes it: the longest run of two or more zero groups is `::`. */
function toIpv6(first: bigint, last: bigint): string {
  const groups = [first, last].flatMap((half) =>
    [48n, 32n, 16n, 0n].map((shift) => ((half >> shift) & 0xffffn).toString(16)),
  );
  let [start, length] = [0, 1];
  for (let i = 0; i < groups.length; i++) {
    let run = 0;
    while (groups[i + run] === '0') run++;
    if (run > length) [start, length] = [i, run];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function toStreamId(id: TapEvent_Http_StreamId | undefined): string {
  return `${id?.base ?? 0}:${id?.stream ?? 0n}`;
}

function methodName(method: HttpMethod | undefined): string {
  const type = method?.type;
  if (type?.case === 'registered') return HttpMethod_Registered[type.value] ?? String(type.value);
  return type?.case === 'unregistered' ? type.value : '';
}

function schemeName(scheme: Scheme | undefined): string {
  const type = scheme?.type;
  if (type?.case === 'registered') return (Scheme_Registered[type.value] ?? String(type.value)).toLowerCase();
  return type?.case === 'unregistered' ? type.value : '';
}

function toMs(duration: Duration | undefined): number | null {
  return duration ? Number(duration.seconds) * 1e3 + duration.nanos / 1e6 : null;
}

function toHeaders(headers: Headers | undefined): TapHeader[] {
  return (headers?.headers ?? []).map(({ name, value }) => ({
    name,
    value: value.case === 'valueBin' ? Buffer.from(value.value).toString('base64') : (value.value ?? ''),
  }));
}
