// A secret in a file: read when needed, read again when the file changed (rotated tokens), never kept in a log.

import { readFile, stat } from 'node:fs/promises';
import { SourceError } from '../source-error.ts';

export interface CredentialFile {
  /** The trimmed content. Throws a SourceError that names the file. */
  read(): Promise<string>;
}

export function createCredentialFile(path: string): CredentialFile {
  let known: { stamp: string; text: string } | null = null;
  return {
    async read() {
      try {
        const { mtimeMs, size, ino } = await stat(path);
        const stamp = `${mtimeMs} ${size} ${ino}`;
        if (known?.stamp !== stamp) known = { stamp, text: (await readFile(path, 'utf8')).trim() };
        return known.text;
      } catch (cause) {
        throw new SourceError({
          source: 'prometheus',
          kind: 'refused',
          message: `the credential file ${path} cannot be read: ${(cause as Error).message}`,
          remedy:
            'make the file readable for the user that runs Latchwork, or correct the flag that names it',
          cause,
        });
      }
    },
  };
}
