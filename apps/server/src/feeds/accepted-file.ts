// The file that says what a team accepts: read again when it changes; what is wrong with it is said, and nothing is accepted then.

import { readFile, stat } from 'node:fs/promises';
import { parse } from 'yaml';
import { type AcceptedEntry, toEntries } from '../mesh/findings/accepted.ts';
import { failureWords } from '../network/failure-words.ts';

export interface AcceptedFile {
  /** Never throws: `trouble` says why there are none. */
  read(): Promise<{ readonly entries: readonly AcceptedEntry[]; readonly trouble: string | null }>;
}

type Read = Awaited<ReturnType<AcceptedFile['read']>>;

export const NO_ACCEPTED_FILE: AcceptedFile = { read: async () => ({ entries: [], trouble: null }) };

export function createAcceptedFile(path: string): AcceptedFile {
  let known: { stamp: string; read: Read } | null = null;
  return {
    async read() {
      try {
        // Of the file that a link leads to: that is how a mounted ConfigMap changes.
        const { mtimeMs, size, ino } = await stat(path);
        const stamp = `${mtimeMs} ${size} ${ino}`;
        if (known?.stamp !== stamp) known = { stamp, read: toRead(path, await readFile(path, 'utf8')) };
        return known.read;
      } catch (error) {
        return failed(path, error);
      }
    },
  };
}

function toRead(path: string, text: string): Read {
  try {
    return { entries: toEntries(parse(text)), trouble: null };
  } catch (error) {
    return failed(path, error);
  }
}

function failed(path: string, error: unknown): Read {
  return { entries: [], trouble: `the file ${path} cannot be used: ${failureWords(error as Error)}` };
}
