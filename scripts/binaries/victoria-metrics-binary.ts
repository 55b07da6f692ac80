// Where VictoriaMetrics is: named by the environment, on PATH, in our cache; else fetched into the cache.

import { join } from 'node:path';
import { hasCommand, unpackDebianPackage } from './debian-package.ts';
import { findOnPath, isExecutable } from './prometheus-binary.ts';

const VARIABLE = 'LATCHWORK_VICTORIA_METRICS_BINARY';
const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'victoria-metrics');
const CACHED = join(CACHE, 'usr', 'bin', 'victoria-metrics');
const REMEDY = `install it so that "victoria-metrics" is on PATH, or name it in ${VARIABLE}`;

export interface VictoriaMetricsOptions {
  /** What a missing one is: a reason to leave tests out, or a failure (as in CI). */
  readonly required: boolean;
}

/** Null where it is not, cannot be fetched and need not be: no part of Latchwork needs it, only a test of what it answers. */
export async function findVictoriaMetrics({ required }: VictoriaMetricsOptions): Promise<string | null> {
  const named = process.env[VARIABLE];
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`${VARIABLE} names ${named}, which is no program: correct it or unset it`);
  }
  const onPath = await findOnPath(['victoria-metrics', 'victoria-metrics-prod']);
  if (onPath) return onPath;
  if (await isExecutable(CACHED)) return CACHED;
  try {
    if (!((await hasCommand('apt-get')) && (await hasCommand('dpkg-deb'))))
      throw new Error('this is no Debian or Ubuntu to fetch it from');
    await unpackDebianPackage('victoria-metrics', CACHE);
    if (!(await isExecutable(CACHED))) throw new Error('its package holds no victoria-metrics');
    return CACHED;
  } catch (error) {
    if (required) throw new Error(`VictoriaMetrics was not found: ${REMEDY}`, { cause: error });
    return null;
  }
}
