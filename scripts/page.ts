// The built page: built when it is missing or older than its sources.

import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const BUILT = join(root, 'apps', 'web', 'dist', 'index.html');
const SOURCES = ['apps/web', 'packages/figures', 'packages/graph', 'packages/shared'];
const SKIP = new Set(['node_modules', 'dist', 'test', 'test-data']);

async function newestMs(folder: string): Promise<number> {
  let newest = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (SKIP.has(entry.name)) continue;
    const path = join(folder, entry.name);
    const ms = entry.isDirectory() ? await newestMs(path) : (await stat(path)).mtimeMs;
    if (ms > newest) newest = ms;
  }
  return newest;
}

/** Throws when the build fails; its output is shown then. */
export async function buildPage(say: (line: string) => void): Promise<void> {
  const builtMs = await stat(BUILT).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const newest = Math.max(...(await Promise.all(SOURCES.map((folder) => newestMs(join(root, folder))))));
  if (builtMs >= newest) return;
  say('Building the page');
  const vite = join(root, 'apps', 'web', 'node_modules', 'vite', 'bin', 'vite.js');
  await new Promise<void>((resolve, reject) => {
    const words: string[] = [];
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: join(root, 'apps', 'web'),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (data) => words.push(String(data)));
    child.stderr.on('data', (data) => words.push(String(data)));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the page could not be built:\n${words.join('')}`)),
    );
  });
}
