// A credential for Prometheus in a file: its trimmed content, or what is wrong with the file in the words of this source.

import { createSecretFile } from '../../secret-file.ts';
import { SourceError } from '../source-error.ts';

export interface CredentialFile {
  /** Throws a SourceError that names the file. */
  read(): Promise<string>;
}

export function createCredentialFile(path: string): CredentialFile {
  const file = createSecretFile(path, (text) => text.trim());
  return {
    read: () =>
      file.read().catch((cause: Error) => {
        throw new SourceError({
          source: 'prometheus',
          kind: 'refused',
          message: cause.message,
          remedy:
            'make the file readable for the user that runs Latchwork, or correct the flag that names it',
          cause,
        });
      }),
  };
}
