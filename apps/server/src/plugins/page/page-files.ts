// The files that the page consists of, kept in memory and packed once: a busy server hands each out in one turn, where one from
// the disk waits again for each of its steps.

import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { PACKED_FROM_BYTES, type Packing, pack } from './packing.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Pictures are small, or packed in themselves. */
const PACKED: ReadonlySet<string> = new Set(['.js', '.css']);

interface PageFile {
  readonly type: string;
  readonly isPackable: boolean;
  readonly plain: Buffer;
  packed(packing: Packing): Promise<Buffer>;
}

/** By name. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Of all in the folder. */
export async function readPageFiles(folder: string): Promise<PageFiles> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async ({ name }) => [name, pageFile(name, await readFile(join(folder, name)))] as const);
  return new Map(await Promise.all(files));
}

function pageFile(name: string, plain: Buffer): PageFile {
  const made = new Map<Packing, Promise<Buffer>>();
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    isPackable: PACKED.has(extname(name)) && plain.length >= PACKED_FROM_BYTES,
    plain,
    packed(packing) {
      const known = made.get(packing);
      if (known) return known;
      const packed = pack(packing, plain, true);
      made.set(packing, packed);
      // What failed once may work the next time.
      packed.catch(() => made.delete(packing));
      return packed;
    },
  };
}
