// The recorded Prometheus database, unpacked: Prometheus writes into the folder it reads, so never in place.

import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ARCHIVE = join(import.meta.dirname, '..', 'recordings', 'tsdb.tar.gz');

/** Unpacks into `folder` and returns it, ready for `--storage.tsdb.path`. */
export async function unpackRecordedDatabase(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', ARCHIVE, '-C', folder]);
  return folder;
}
