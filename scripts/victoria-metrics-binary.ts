// Where VictoriaMetrics is: named by the environment, on PATH, in our cache; else fetched into the cache.

import { join } from 'node:path';
import { hasCommand, unpackDebianPackage } from './debian-package.ts';
import { findOnPath, isExecutable } from './prometheus-binary.ts';

const VARIABLE = 'LATCHWORK_VICTORIA_METRICS_BINARY';
const CACHE = join(import.meta.dirname, '..', '.cache', 'victoria-metrics');
const CACHED = join(CACHE, 'usr', 'bin', 'victoria-metrics');

/** Null where it is not and cannot be fetched: no part of Latchwork needs it, only a test of what it answers. */
export async function findVictoriaMetrics(): Promise<string | null> {
  const named = process.env[VARIABLE];
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`${VARIABLE} names ${named}, which is no program: correct it or unset it`);
  }
  const onPath = await findOnPath(['victoria-metrics', 'victoria-metrics-prod']);
  if (onPath) return onPath;
  if (await isExecutable(CACHED)) return CACHED;
  if (!((await hasCommand('apt-get')) && (await hasCommand('dpkg-deb')))) return null;
  try {
    await unpackDebianPackage('victoria-metrics', CACHE);
  } catch {
    return null;
  }
  return (await isExecutable(CACHED)) ? CACHED : null;
}
