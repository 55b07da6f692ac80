// A secret in a file: read when needed, and read again when the file changed, so that a leaked secret ends with its line.

import { readFile, stat } from 'node:fs/promises';

export interface SecretFile<T> {
  /** Throws what is wrong with the file, without what is in it. */
  read(): Promise<T>;
}

export function createSecretFile<T>(path: string, parse: (text: string) => T): SecretFile<T> {
  let known: { stamp: string; value: T } | null = null;
  return {
    async read() {
      try {
        const { mtimeMs, size, ino } = await stat(path);
        const stamp = `${mtimeMs} ${size} ${ino}`;
        if (known?.stamp !== stamp) known = { stamp, value: parse(await readFile(path, 'utf8')) };
        return known.value;
      } catch (cause) {
        throw new Error(`the file ${path} cannot be used: ${(cause as Error).message}`, { cause });
      }
    },
  };
}
