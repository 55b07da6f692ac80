// The files that the page consists of, kept in memory and packed once: a busy server hands each out in one turn, where one from
// the disk waits again for each of its steps.

import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { PACKED_FROM_BYTES, type Packing, pack } from './packing.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Pictures are small, or packed in themselves. */
const PACKED: ReadonlySet<string> = new Set(['.js', '.css']);

export interface PageFile {
  readonly type: string;
  readonly isPackable: boolean;
  readonly plain: Buffer;
  packed(packing: Packing): Promise<Buffer>;
}

/** Of all in the folder but its pages, by their paths from there, with `/` between folders. */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && extname(entry.name) !== '.html')
    .map(async ({ parentPath, name }): Promise<[string, PageFile]> => {
      const path = join(parentPath, name);
      return [relative(folder, path).split(sep).join('/'), pageFile(name, await readFile(path))];
    });
  return new Map(await Promise.all(files));
}

function pageFile(name: string, plain: Buffer): PageFile {
  const made = new Map<Packing, Promise<Buffer>>();
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    isPackable: PACKED.has(extname(name)) && plain.length >= PACKED_FROM_BYTES,
    plain,
    packed(packing) {
      const packed = made.get(packing) ?? pack(packing, plain, true);
      made.set(packing, packed);
      return packed;
    },
  };
}
