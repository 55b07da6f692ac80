// A secret in a file: read when needed, read again when the file changed, so that a rotated secret counts and a leaked one
// ends with its line. Never kept in a log.

import { readFile, stat } from 'node:fs/promises';
import { failureWords } from './network/failure-words.ts';

export interface SecretFile<T> {
  /** Throws a SecretFileError. */
  read(): Promise<T>;
}

/** What is wrong with the file, without what is in it. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
}

export function createSecretFile<T>(path: string, parse: (text: string) => T): SecretFile<T> {
  let known: { stamp: string; value: T } | null = null;
  let reading: Promise<T> | null = null;

  async function look(): Promise<T> {
    try {
      // Of the file that a link leads to: that is how a mounted secret changes.
      const { mtimeMs, size, ino } = await stat(path);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (known?.stamp !== stamp) known = { stamp, value: parse(await readFile(path, 'utf8')) };
      return known.value;
    } catch (cause) {
      throw new SecretFileError(`the file ${path} cannot be used: ${failureWords(cause as Error)}`, {
        cause,
      });
    }
  }

  return {
    // A thousand sockets that ask at once look once.
    read() {
      reading ??= look().finally(() => {
        reading = null;
      });
      return reading;
    },
  };
}
