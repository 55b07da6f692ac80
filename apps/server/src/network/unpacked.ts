// The bytes of an answer's body, unpacked as its header says: also in packings that nobody asked for.

import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';

const UNPACKERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** `encoding` is the header `content-encoding`: several are undone from the last one on. Null: unknown. */
export function unpacked(body: Readable, encoding: string): Readable | null {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  let stream = body;
  for (const name of names.reverse()) {
    const create = UNPACKERS[name];
    if (create === undefined) return null;
    // The reader of the last one hears of every error.
    stream = pipeline(stream, create(), () => undefined);
  }
  return stream;
}
