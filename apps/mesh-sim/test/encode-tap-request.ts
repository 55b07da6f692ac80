// Tap requests as a client would send them.

import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export interface TapAsk {
  readonly namespace?: string;
  readonly type: string;
  readonly name: string;
  readonly labelSelector?: string;
  readonly maxRps?: number;
  readonly headers?: boolean;
  /** One HTTP match: 2 is the method, 4 a prefix of the path. */
  readonly match?: readonly [field: 2 | 4, value: string];
}

function nested(field: number, bytes: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(bytes).finish();
}

function text(field: number, value: string): Uint8Array {
  return value
    ? new BinaryWriter().tag(field, WireType.LengthDelimited).string(value).finish()
    : Buffer.alloc(0);
}

export function encodeTapRequest(ask: TapAsk): Buffer {
  const { namespace = '', type, name, labelSelector = '', maxRps = 100, headers = true, match } = ask;
  const resource = Buffer.concat([text(1, namespace), text(2, type), text(3, name)]);
  const matches = match ? nested(1, nested(5, text(match[0], match[1]))) : Buffer.alloc(0);
  return Buffer.concat([
    nested(1, Buffer.concat([nested(1, resource), text(2, labelSelector)])),
    nested(2, nested(1, matches)),
    new BinaryWriter().tag(3, WireType.Bit32).float(maxRps).finish(),
    ...(headers ? [nested(4, nested(1, nested(1, Buffer.alloc(0))))] : []),
  ]);
}

export function tapPathOf({ namespace = '', type, name }: TapAsk): string {
  const root = '/apis/tap.linkerd.io/v1alpha1/watch/namespaces';
  return type === 'namespace' ? `${root}/${name}/tap` : `${root}/${namespace}/${type}s/${name}/tap`;
}
