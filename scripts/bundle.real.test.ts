// What people install: built, moved to an empty folder, and run there by Node alone.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findPrometheus } from './binaries/prometheus-binary.ts';
import { bundle } from './bundle.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..');
const PERMISSIVE =
  /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)$/;
/** Nobody listens on this port. */
const NO_PROMETHEUS = ['--prometheus', 'http://127.0.0.1:9'];

let folder = '';
let latchwork = '';
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchwork-bundle-'));
  await bundle(join(folder, 'built'));
  // Elsewhere, so that nothing is found that was not meant to be part of it.
  await cp(join(folder, 'built'), join(folder, 'moved', 'dist', 'latchwork'), { recursive: true });
  await rm(join(folder, 'built'), { recursive: true });
  latchwork = join(folder, 'moved', 'dist', 'latchwork', 'server', 'latchwork.mjs');
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Resolves with the first line that the program prints. */
async function start(program: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, line };
}

async function startServer(...args: string[]) {
  const { child, line } = await start(latchwork, [...NO_PROMETHEUS, '--port', '0', ...args]);
  return { child, url: /http:\S+/.exec(line)?.[0] ?? '' };
}

/** The first line is empty. */
async function startDemo(env: Record<string, string>) {
  const child = spawn(process.execPath, [latchwork, '--demo', '--port', '0'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('http')) return { child, line };
  throw new Error('the demo did not say where it is');
}

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => stat(join(entry.parentPath, entry.name)).then(({ size }) => size)),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe('the bundle', () => {
  it('says in one line what it needs when Node is too old', async () => {
    const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.1.0"}})';
    const failed = await run(process.execPath, ['--import', old, latchwork, '--version'], { env: {} }).catch(
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toMatch(/^latchwork needs Node 24 or newer, and this is Node 20\.1\.0: .+\n$/);
  });

  it('prints its flags and the version of the project', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const options = { cwd: folder, env: {} };
    expect((await run(process.execPath, [latchwork, '--version'], options)).stdout).toBe(`${version}\n`);
    expect((await run(process.execPath, [latchwork, '--help'], options)).stdout).toContain(
      '--prometheus URL',
    );
  });

  it('serves the page with everything it names, and the API', async () => {
    const { url } = await startServer();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const page = await fetch(`${url}/`);
    expect(page.headers.get('content-type')).toMatch('text/html');
    const files = [...(await page.text()).matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)];
    expect(files.length).toBeGreaterThan(1);
    for (const [, file] of files) expect((await fetch(`${url}/${file}`)).status, file).toBe(200);
    expect((await fetch(`${url}/api/docs/json`)).status).toBe(200);
  });

  it('answers over the socket, also when Prometheus is away', async () => {
    const { url } = await startServer();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', topic: 'graph', params: {} }));
    const answer = await new Promise<{ id?: string; type: string }>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data));
        if (message.id === '1') resolve(message);
      });
    });
    expect(['data', 'trouble']).toContain(answer.type);
    socket.close();
  });

  it('ends within two seconds of a SIGTERM, with a page still connected', async () => {
    const { child, url } = await startServer();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`);
    await once(socket, 'open');
    const started = performance.now();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('holds the simulator, which tells Prometheus where it was reached', async () => {
    const program = join(folder, 'moved', 'dist', 'latchwork', 'server', 'mesh-sim.mjs');
    const { line } = await start(program, []);
    const { sd } = JSON.parse(line) as { sd: string };
    const [first] = (await (await fetch(sd)).json()) as { targets: string[] }[];
    expect(first?.targets).toEqual([new URL(sd).host]);
  });

  it('shows the demo with a Prometheus that is there, and ends all of it', async () => {
    const prometheus = await findPrometheus();
    const { child, line } = await startDemo({ LATCHWORK_PROMETHEUS_BINARY: prometheus });
    const url = /http:\S+/.exec(line)?.[0] ?? '';
    const about = (await (await fetch(`${url}/api/about`)).json()) as { mode: string };
    expect(about.mode).toBe('demo');
    child.kill('SIGTERM');
    await once(child, 'exit');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  }, 60_000);

  it('says what the demo needs where there is no Prometheus, and fetches nothing', async () => {
    const failed = await run(process.execPath, [latchwork, '--demo', '--port', '0'], {
      env: { PATH: folder },
    }).catch((error: { code: number; stderr: string }) => error);
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.stderr).toMatch(/Prometheus was not found: install Prometheus 2\.42 or newer/);
    const wrong = await run(process.execPath, [latchwork, '--demo', '--port', 'x'], { env: {} }).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--port') });
  });

  it('is small, and takes in only what may be given on', async () => {
    const place = join(folder, 'moved', 'dist', 'latchwork');
    expect(await sizeOf(place)).toBeLessThan(8_000_000);
    expect((await readdir(place)).sort()).toEqual(['LICENSE', 'THIRD-PARTY-LICENSES.md', 'server', 'web']);
    const text = await readFile(join(place, 'THIRD-PARTY-LICENSES.md'), 'utf8');
    const licences = [...text.matchAll(/^## (@?[a-z][^ ]*) \d\S* \((.+)\)$/gm)];
    expect(licences.map(([, name]) => name)).toEqual(expect.arrayContaining(['fastify', 'svelte', 'ws']));
    for (const [, name, licence] of licences)
      for (const part of licence?.replace(/[()]/g, '').split(/ (?:AND|OR) /) ?? [])
        expect(part, name).toMatch(PERMISSIVE);
  });

  it('is what npm packs, and runs once it is installed, without any other package', async () => {
    const place = join(folder, 'moved');
    for (const file of ['package.json', 'LICENSE']) await copyFile(join(ROOT, file), join(place, file));
    const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json'], { cwd: place });
    const [{ filename, size }] = JSON.parse(stdout) as [{ filename: string; size: number }];
    expect(size).toBeLessThan(2_500_000);
    const home = join(folder, 'home');
    await mkdir(home);
    const quiet = ['--offline', '--no-audit', '--no-fund', '--prefix', home];
    await run('npm', ['install', ...quiet, join(place, filename)], { cwd: home });
    expect(await readdir(join(home, 'node_modules'))).toEqual(['.bin', '.package-lock.json', 'latchwork']);
    const { stdout: version } = await run(join(home, 'node_modules', '.bin', 'latchwork'), ['--version']);
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
