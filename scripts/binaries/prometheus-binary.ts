// Where Prometheus is: named by the environment, on PATH, in our cache; else fetched into the cache.

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { CACHE } from '../programs.ts';
import { hasCommand, unpackDebianPackage } from './debian-package.ts';

const VARIABLE = 'LATCHWORK_PROMETHEUS_BINARY';
const FOLDER = CACHE === null ? null : join(CACHE, 'prometheus');
const CACHED = FOLDER === null ? null : join(FOLDER, 'usr', 'bin', 'prometheus');

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export async function findOnPath(names: readonly string[]): Promise<string | null> {
  for (const name of names)
    for (const folder of (process.env['PATH'] ?? '').split(delimiter))
      if (folder && (await isExecutable(join(folder, name)))) return join(folder, name);
  return null;
}

/** The path of a Prometheus (2.42 or newer). Throws one sentence that says what to install. */
export async function findPrometheus(say: (line: string) => void = () => undefined): Promise<string> {
  const named = process.env[VARIABLE];
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`${VARIABLE} names ${named}, which is no program: correct it or unset it`);
  }
  const found =
    (await findOnPath(['prometheus'])) ?? (CACHED !== null && (await isExecutable(CACHED)) ? CACHED : null);
  if (found) return found;

  const remedy = `install Prometheus 2.42 or newer so that "prometheus" is on PATH, or name it in ${VARIABLE}`;
  if (
    FOLDER === null ||
    CACHED === null ||
    !((await hasCommand('apt-get')) && (await hasCommand('dpkg-deb')))
  )
    throw new Error(`Prometheus was not found: ${remedy}`);
  say('Prometheus was not found: fetching its package into the cache of this project (nothing is installed)');
  try {
    await unpackDebianPackage('prometheus', FOLDER);
  } catch (error) {
    throw new Error(`Prometheus was not found and its package could not be fetched: ${remedy}`, {
      cause: error,
    });
  }
  return CACHED;
}
