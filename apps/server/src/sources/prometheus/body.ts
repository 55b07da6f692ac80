// The text of an answer's body, unpacked, up to a limit. Knows no format.

import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../source-error.ts';

export interface BodyOptions {
  /** The header `content-encoding`; empty for none. */
  readonly encoding: string;
  /** Of the unpacked text. */
  readonly maxBytes: number;
  /** The URL without credentials. */
  readonly where: string;
}

export async function readBody(body: Readable, { encoding, maxBytes, where }: BodyOptions): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of encoding === 'gzip' ? unpacked(body) : body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooMuch(maxBytes, where);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unpacked(body: Readable): Readable {
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => body.destroy());
  return body.pipe(gunzip);
}

function tooMuch(maxBytes: number, where: string): SourceError {
  return new SourceError({
    source: 'prometheus',
    kind: 'too-much',
    message: `${where} answered with more than ${Math.round(maxBytes / 1024 / 1024)} MiB`,
    remedy: 'the mesh in this store is larger than one answer may be: narrow it with --matcher',
  });
}
