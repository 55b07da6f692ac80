// One event of a tap stream as bytes (linkerd2.tap.TapEvent), and the frame that it travels in. Knows the wire, not the mesh.

import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Their places are their numbers on the wire. */
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT', 'HEAD', 'TRACE'];

export type Headers = readonly (readonly [name: string, value: string])[];
export type Labels = Readonly<Record<string, string>>;

export interface StreamId {
  readonly base: number;
  readonly stream: number;
}

export type TapHttp =
  | {
      readonly type: 'request-init';
      readonly id: StreamId;
      readonly method: string;
      readonly authority: string;
      readonly path: string;
      /** Null when they were not asked for. */
      readonly headers: Headers | null;
    }
  | {
      readonly type: 'response-init';
      readonly id: StreamId;
      readonly sinceRequestMs: number;
      readonly status: number;
      readonly headers: Headers | null;
    }
  | {
      readonly type: 'response-end';
      readonly id: StreamId;
      readonly sinceRequestMs: number;
      readonly sinceResponseMs: number;
      /** Null for HTTP. */
      readonly grpcStatus: number | null;
      readonly trailers: Headers | null;
    };

export interface TapEvent {
  readonly direction: 'inbound' | 'outbound';
  readonly source: { readonly ip: string; readonly port: number };
  readonly destination: { readonly ip: string; readonly port: number };
  readonly sourceLabels: Labels;
  readonly destinationLabels: Labels;
  readonly http: TapHttp;
}

function message(writer: BinaryWriter, field: number, write: (writer: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  if (value) writer.tag(field, WireType.LengthDelimited).string(value);
}

function uint(writer: BinaryWriter, field: number, value: number): void {
  if (value) writer.tag(field, WireType.Varint).uint32(value);
}

function ipv4(ip: string): number {
  return ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function address(writer: BinaryWriter, field: number, { ip, port }: TapEvent['source']): void {
  message(writer, field, (tcp) => {
    message(tcp, 1, (address) => address.tag(1, WireType.Bit32).fixed32(ipv4(ip)));
    uint(tcp, 2, port);
  });
}

function meta(writer: BinaryWriter, field: number, labels: Labels): void {
  message(writer, field, (endpoint) => {
    for (const [key, value] of Object.entries(labels))
      message(endpoint, 1, (entry) => {
        entry.tag(1, WireType.LengthDelimited).string(key);
        entry.tag(2, WireType.LengthDelimited).string(value);
      });
  });
}

function headers(writer: BinaryWriter, field: number, list: Headers | null): void {
  if (!list) return;
  message(writer, field, (all) => {
    for (const [name, value] of list)
      message(all, 1, (header) => {
        header.tag(1, WireType.LengthDelimited).string(name);
        header.tag(2, WireType.LengthDelimited).string(value);
      });
  });
}

function duration(writer: BinaryWriter, field: number, ms: number): void {
  const nanos = Math.round(ms * 1e6);
  message(writer, field, (span) => {
    const seconds = Math.floor(nanos / 1e9);
    if (seconds) span.tag(1, WireType.Varint).int64(seconds);
    if (nanos % 1e9) span.tag(2, WireType.Varint).int32(nanos % 1e9);
  });
}

function streamId(writer: BinaryWriter, { base, stream }: StreamId): void {
  message(writer, 1, (id) => {
    uint(id, 1, base);
    if (stream) id.tag(2, WireType.Varint).uint64(stream);
  });
}

/** A member of a oneof is written even when it is 0: it says which one was chosen. */
function chosen(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).uint32(value);
}

function httpEvent(writer: BinaryWriter, http: TapHttp): void {
  if (http.type === 'request-init')
    message(writer, 1, (init) => {
      streamId(init, http.id);
      const registered = METHODS.indexOf(http.method);
      message(init, 2, (method) =>
        registered >= 0 ? chosen(method, 1, registered) : text(method, 2, http.method),
      );
      message(init, 3, (scheme) => chosen(scheme, 1, 0));
      text(init, 4, http.authority);
      text(init, 5, http.path);
      headers(init, 6, http.headers);
    });
  else if (http.type === 'response-init')
    message(writer, 2, (init) => {
      streamId(init, http.id);
      duration(init, 2, http.sinceRequestMs);
      uint(init, 3, http.status);
      headers(init, 4, http.headers);
    });
  else
    message(writer, 3, (end) => {
      streamId(end, http.id);
      duration(end, 2, http.sinceRequestMs);
      duration(end, 3, http.sinceResponseMs);
      const { grpcStatus } = http;
      if (grpcStatus !== null) message(end, 5, (eos) => chosen(eos, 1, grpcStatus));
      headers(end, 6, http.trailers);
    });
}

export function encodeTapEvent(event: TapEvent): Uint8Array {
  const writer = new BinaryWriter();
  address(writer, 1, event.source);
  address(writer, 2, event.destination);
  message(writer, 3, (http) => httpEvent(http, event.http));
  meta(writer, 4, event.destinationLabels);
  meta(writer, 5, event.sourceLabels);
  chosen(writer, 6, event.direction === 'inbound' ? 1 : 2);
  // Routes of a ServiceProfile: there is none here, and the empty message is sent all the same.
  message(writer, 7, () => undefined);
  return writer.finish();
}

export function encodeApiError(error: string): Uint8Array {
  return new BinaryWriter().tag(1, WireType.LengthDelimited).string(error).finish();
}

/** Four bytes of length, the lowest first, then the message. */
export function frame(bytes: Uint8Array): Buffer {
  const framed = Buffer.alloc(4 + bytes.length);
  framed.writeUInt32LE(bytes.length, 0);
  framed.set(bytes, 4);
  return framed;
}
