// A tap request's protobuf body (linkerd2.tap.TapByResourceRequest) as a value. Field numbers are the wire's.

import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

export interface Resource {
  readonly namespace: string;
  /** Singular: `deployment`. */
  readonly type: string;
  readonly name: string;
}

/** All of what is set has to hold. */
export interface TapMatch {
  readonly scheme?: string;
  readonly method?: string;
  readonly authority?: string;
  /** A prefix. */
  readonly path?: string;
  readonly destination?: Resource;
}

export interface TapRequest {
  readonly target: Resource;
  /** In Kubernetes' syntax; empty for all. */
  readonly labelSelector: string;
  readonly match: readonly TapMatch[];
  /** 0 is what clients send for the default. */
  readonly maxRps: number;
  readonly extractHeaders: boolean;
}

/** The body is no such message, or asks for what tap does not do. */
export class BadTapRequest extends Error {}

type Fields = Map<number, (Uint8Array | number)[]>;

/** Every field of a message, nested messages still as bytes. */
function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields: Fields = new Map();
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const values = fields.get(number) ?? [];
    fields.set(number, values);
    if (type === WireType.LengthDelimited) values.push(reader.bytes());
    else if (type === WireType.Varint) values.push(reader.uint32());
    else if (type === WireType.Bit32) values.push(reader.float());
    else reader.skip(type, number);
  }
  return fields;
}

function bytesAt(fields: Fields, number: number): Uint8Array | null {
  const value = fields.get(number)?.at(-1);
  return value instanceof Uint8Array ? value : null;
}

function textAt(fields: Fields, number: number): string {
  const bytes = bytesAt(fields, number);
  return bytes ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : '';
}

function numberAt(fields: Fields, number: number): number {
  const value = fields.get(number)?.at(-1);
  return typeof value === 'number' ? value : 0;
}

function toResource(selection: Uint8Array | null): Resource {
  const resource = selection ? bytesAt(fieldsOf(selection), 1) : null;
  const fields = resource ? fieldsOf(resource) : new Map();
  return { namespace: textAt(fields, 1), type: textAt(fields, 2), name: textAt(fields, 3) };
}

function toHttpMatch(bytes: Uint8Array): TapMatch {
  const fields = fieldsOf(bytes);
  if (fields.has(1)) return { scheme: textAt(fields, 1).toUpperCase() };
  if (fields.has(2)) return { method: textAt(fields, 2).toUpperCase() };
  if (fields.has(3)) return { authority: textAt(fields, 3) };
  return { path: textAt(fields, 4) };
}

function toMatches(match: Uint8Array | null): TapMatch[] {
  if (!match) return [];
  const fields = fieldsOf(match);
  const all = bytesAt(fields, 1);
  if (!all) throw new BadTapRequest('unexpected match specified: only a list of all is understood');
  return (fieldsOf(all).get(1) ?? []).map((one) => {
    const inner = one instanceof Uint8Array ? fieldsOf(one) : new Map();
    const destination = bytesAt(inner, 4);
    if (destination) return { destination: toResource(destination) };
    const http = bytesAt(inner, 5);
    if (http) return toHttpMatch(http);
    throw new BadTapRequest('unexpected match specified: only destinations and http are understood');
  });
}

export function toTapRequest(body: Uint8Array): TapRequest {
  try {
    const fields = fieldsOf(body);
    const target = bytesAt(fields, 1);
    if (!target) throw new BadTapRequest('no target in the request');
    const extract = bytesAt(fields, 4);
    const http = extract ? bytesAt(fieldsOf(extract), 1) : null;
    return {
      target: toResource(target),
      labelSelector: textAt(fieldsOf(target), 2),
      match: toMatches(bytesAt(fields, 2)),
      maxRps: numberAt(fields, 3),
      extractHeaders: http !== null && fieldsOf(http).has(1),
    };
  } catch (error) {
    if (error instanceof BadTapRequest) throw error;
    throw new BadTapRequest(`not a tap request: ${error instanceof Error ? error.message : error}`);
  }
}

/** Where this request has to be sent: the path that tap derives from the body. */
export function tapPath({ namespace, type, name }: Resource): string {
  const root = '/apis/tap.linkerd.io/v1alpha1/watch/namespaces';
  return type === 'namespace' ? `${root}/${name}/tap` : `${root}/${namespace}/${type}s/${name}/tap`;
}
