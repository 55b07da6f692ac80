// Where Helm is: named by the environment, on PATH, in our cache; else built by Go into the cache. Installs nothing.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasCommand } from './debian-package.ts';
import { findOnPath, isExecutable } from './prometheus-binary.ts';

const VARIABLE = 'LATCHWORK_HELM_BINARY';
const MODULE = 'helm.sh/helm/v3/cmd/helm@v3.22.0';
/** Which Kubernetes it believes in without a cluster: a release of Helm has this linked in, and without it 1.20. */
const LINKED = ['k8sVersionMajor=1', 'k8sVersionMinor=32']
  .map((value) => `-X helm.sh/helm/v3/pkg/chartutil.${value}`)
  .join(' ');
const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'helm');
const CACHED = join(CACHE, 'helm');
const REMEDY = `install Helm 3 so that "helm" is on PATH, or name it in ${VARIABLE}`;

export interface HelmOptions {
  /** What a missing Helm is: a reason to leave tests out, or a failure (as in CI). */
  readonly required: boolean;
  readonly say?: (line: string) => void;
}

/** The path of a Helm 3, or null when there is none and none is required. Building it takes minutes, once. */
export async function findHelm({ required, say = () => undefined }: HelmOptions): Promise<string | null> {
  const named = process.env[VARIABLE];
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`${VARIABLE} names ${named}, which is no program: correct it or unset it`);
  }
  const found = (await findOnPath(['helm'])) ?? ((await isExecutable(CACHED)) ? CACHED : null);
  if (found) return found;
  try {
    if (!(await hasCommand('go'))) throw new Error('there is no Go to build it with');
    say('Helm was not found: building it with Go into the cache of this project (minutes, once)');
    await build();
    return CACHED;
  } catch (error) {
    if (required) throw new Error(`Helm was not found: ${REMEDY}`, { cause: error });
    say(`Helm was not found, and the tests of the chart are left out: ${REMEDY}`);
    return null;
  }
}

async function build(): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  // Whole or not at all: a program half written must never be found.
  const work = await mkdtemp(join(CACHE, '.build-'));
  try {
    await promisify(execFile)('go', ['install', '-ldflags', LINKED, MODULE], {
      env: { ...process.env, GOBIN: work },
    });
    await rename(join(work, 'helm'), CACHED);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
