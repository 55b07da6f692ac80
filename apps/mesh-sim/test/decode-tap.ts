// Tap bytes back into the form in which the recordings keep decoded events. Written from the wire's field numbers alone.

import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

type Json = Record<string, unknown>;
type Read = (reader: BinaryReader, type: WireType) => unknown;
type Fields = Record<number, readonly [name: string, read: Read, list?: 'list']>;

function read(fields: Fields): Read {
  return (outer) => {
    const reader = new BinaryReader(outer.bytes());
    const json: Json = {};
    while (reader.pos < reader.len) {
      const [number, type] = reader.tag();
      const field = fields[number];
      if (!field) throw new Error(`unknown field: ${number}`);
      const [name, readValue, list] = field;
      const value = readValue(reader, type);
      if (list) json[name] = [...((json[name] as unknown[]) ?? []), value];
      else json[name] = value;
    }
    return json;
  };
}

const text: Read = (reader) => reader.string();
const uint: Read = (reader) => reader.uint32();
const long: Read = (reader) => Number(reader.uint64());
const ipv4: Read = (reader) => {
  const value = reader.fixed32();
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
};
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT', 'HEAD', 'TRACE'];
const oneOf =
  (names: readonly string[]): Read =>
  (reader) =>
    names[reader.uint32()];

const address = read({ 1: ['ip', read({ 1: ['ipv4', ipv4] })], 2: ['port', uint] });
const entry = read({ 1: ['key', text], 2: ['value', text] });
const meta: Read = (reader, type) => {
  const { labels = [] } = read({ 1: ['labels', entry, 'list'] })(reader, type) as {
    labels?: { key: string; value: string }[];
  };
  return labels.length > 0
    ? { labels: Object.fromEntries(labels.map(({ key, value }) => [key, value])) }
    : {};
};
const headers = read({ 1: ['headers', read({ 1: ['name', text], 2: ['value', text] }), 'list'] });
const id = read({ 1: ['base', uint], 2: ['stream', long] });
const duration = read({ 1: ['seconds', long], 2: ['nanos', uint] });
const http = read({
  1: [
    'requestInit',
    read({
      1: ['id', id],
      2: ['method', read({ 1: ['registered', oneOf(METHODS)], 2: ['unregistered', text] })],
      3: ['scheme', read({ 1: ['registered', oneOf(['HTTP', 'HTTPS'])], 2: ['unregistered', text] })],
      4: ['authority', text],
      5: ['path', text],
      6: ['headers', headers],
    }),
  ],
  2: [
    'responseInit',
    read({
      1: ['id', id],
      2: ['sinceRequestInit', duration],
      3: ['httpStatus', uint],
      4: ['headers', headers],
    }),
  ],
  3: [
    'responseEnd',
    read({
      1: ['id', id],
      2: ['sinceRequestInit', duration],
      3: ['sinceResponseInit', duration],
      4: ['responseBytes', long],
      5: ['eos', read({ 1: ['grpcStatusCode', uint], 2: ['resetErrorCode', uint] })],
      6: ['trailers', headers],
    }),
  ],
});
const event = {
  1: ['source', address],
  2: ['destination', address],
  3: ['http', http],
  4: ['destinationMeta', meta],
  5: ['sourceMeta', meta],
  6: ['proxyDirection', oneOf(['UNKNOWN', 'INBOUND', 'OUTBOUND'])],
  7: ['routeMeta', meta],
} as const;

export interface DecodedEvent {
  readonly source: { readonly ip: { readonly ipv4: string }; readonly port: number };
  readonly destination: { readonly ip: { readonly ipv4: string }; readonly port: number };
  readonly sourceMeta: { readonly labels: Readonly<Record<string, string>> };
  readonly destinationMeta: { readonly labels: Readonly<Record<string, string>> };
  readonly proxyDirection: 'INBOUND' | 'OUTBOUND';
  readonly routeMeta: object;
  readonly http: Readonly<Record<string, Json>>;
}

export function decodeTapEvent(bytes: Uint8Array): DecodedEvent {
  const framed = new Uint8Array([...varint(bytes.length), ...bytes]);
  return read(event)(new BinaryReader(framed), WireType.LengthDelimited) as DecodedEvent;
}

export function decodeApiError(bytes: Uint8Array): string {
  const reader = new BinaryReader(bytes);
  const [number] = reader.tag();
  if (number !== 1) throw new Error(`not an error: field ${number}`);
  return reader.string();
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

/** Complete frames of a stream; what is cut off at its end is left out. */
export function unframe(bytes: Buffer): Uint8Array[] {
  const messages: Uint8Array[] = [];
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const length = bytes.readUInt32LE(offset);
    if (offset + 4 + length > bytes.length) break;
    messages.push(bytes.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return messages;
}
