// Where nginx is, for the test of the example configuration: named by the environment, on PATH, in our cache; else fetched.

import { join } from 'node:path';
import { hasCommand, unpackDebianPackage } from './debian-package.ts';
import { findOnPath, isExecutable } from './prometheus-binary.ts';

const VARIABLE = 'LATCHWORK_NGINX_BINARY';
const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'nginx');
const CACHED = join(CACHE, 'usr', 'sbin', 'nginx');
const REMEDY = `install nginx so that "nginx" is on PATH, or name it in ${VARIABLE}`;

export interface NginxOptions {
  /** What a missing nginx is: a reason to leave tests out, or a failure (as in CI). */
  readonly required: boolean;
  readonly say?: (line: string) => void;
}

/** The path of an nginx, or null when there is none and none is required. Installs nothing, starts no service. */
export async function findNginx({ required, say = () => undefined }: NginxOptions): Promise<string | null> {
  const named = process.env[VARIABLE];
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`${VARIABLE} names ${named}, which is no program: correct it or unset it`);
  }
  const found =
    (await findOnPath(['nginx'])) ??
    // Where Debian keeps it, which is on PATH for root alone.
    ((await isExecutable('/usr/sbin/nginx')) ? '/usr/sbin/nginx' : null) ??
    ((await isExecutable(CACHED)) ? CACHED : null);
  if (found) return found;
  try {
    if (!((await hasCommand('apt-get')) && (await hasCommand('dpkg-deb'))))
      throw new Error('this is no Debian or Ubuntu to fetch it from');
    say('nginx was not found: fetching its package into the cache of this project (nothing is installed)');
    await unpackDebianPackage('nginx', CACHE);
    if (!(await isExecutable(CACHED))) throw new Error('its package holds no nginx');
    return CACHED;
  } catch (error) {
    if (required) throw new Error(`nginx was not found: ${REMEDY}`, { cause: error });
    say(`nginx was not found, and the test of its example is left out: ${REMEDY}`);
    return null;
  }
}
