// A text message of the WebSocket protocol that is compressed already (RFC 7692, no context kept): head and tail differ from
// viewer to viewer and stand uncompressed around a middle that is the same bytes for all. `ws` can only compress each anew.

import type { Writable } from 'node:stream';

const FIN = 0x80;
const COMPRESSED = 0x40;
const TEXT = 0x01;
const SHORT = 126;
const LONG = 127;
const LONG_FROM = 65_536;

/** `deflated` is raw DEFLATE up to a byte's edge. `flushed` is called when all of it has left. */
export function writeDeflated(
  stream: Writable,
  [head, deflated, tail]: readonly [string, Buffer, string],
  flushed?: () => void,
): void {
  const before = storedBlock(head);
  // The empty block that ends a message is left out but for its first byte.
  const after = Buffer.concat([storedBlock(tail), Buffer.of(0)]);
  stream.cork();
  stream.write(frameHeader(before.length + deflated.length + after.length));
  stream.write(before);
  stream.write(deflated);
  stream.write(after, flushed);
  stream.uncork();
}

/** A block of DEFLATE that holds its bytes as they are; at most 65,535 of them. */
function storedBlock(text: string): Buffer {
  const bytes = Buffer.from(text);
  const block = Buffer.alloc(5 + bytes.length);
  block.writeUInt16LE(bytes.length, 1);
  block.writeUInt16LE(~bytes.length & 0xffff, 3);
  bytes.copy(block, 5);
  return block;
}

/** From a server: not masked. */
function frameHeader(length: number): Buffer {
  const header = Buffer.alloc(length < SHORT ? 2 : length < LONG_FROM ? 4 : 10);
  header[0] = FIN | COMPRESSED | TEXT;
  if (length < SHORT) header[1] = length;
  else if (length < LONG_FROM) {
    header[1] = SHORT;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = LONG;
    header.writeUIntBE(length, 4, 6);
  }
  return header;
}
