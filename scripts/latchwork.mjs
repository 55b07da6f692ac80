// What `npm start`, `npm test` and the like run, on any Node from 20: brings Node 24 and pnpm 12 from the npm registry,
// installs what is missing, then hands over. No dependency of ours may be needed to read this file.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, '.cache', 'toolchain.json');
const { devEngines, packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const nodeVersion = devEngines.runtime.version;
const pnpmVersion = packageManager.replace('pnpm@', '');

const SCRIPTS = { start: 'start.ts', replay: 'replay.ts', test: 'test.ts', pack: 'pack.ts' };

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}

/** Folders to put first on PATH, so that `node` and `pnpm` are the ones that the project names. */
function toolchain() {
  try {
    const known = JSON.parse(readFileSync(cache, 'utf8'));
    if (known.node === nodeVersion && known.pnpm === pnpmVersion && known.folders.every((f) => existsSync(f)))
      return known.folders;
  } catch {
    // not there yet
  }
  say(`Getting Node ${nodeVersion} and pnpm ${pnpmVersion} (once; nothing is installed on this machine)`);
  const probe =
    'const p=require("node:path");console.log(JSON.stringify([p.dirname(process.execPath),' +
    '...process.env.PATH.split(p.delimiter).filter((d)=>require("node:fs").existsSync(p.join(d,"pnpm"))).slice(0,1)]))';
  const npx = spawnSync(
    'npx',
    ['-y', '-p', `node@${nodeVersion}`, '-p', `pnpm@${pnpmVersion}`, 'node', '-e', probe],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (npx.status !== 0)
    fail(`npx could not bring Node ${nodeVersion} and pnpm ${pnpmVersion}: is the npm registry reachable?`);
  const folders = JSON.parse(npx.stdout.trim().split('\n').at(-1));
  mkdirSync(dirname(cache), { recursive: true });
  writeFileSync(cache, JSON.stringify({ node: nodeVersion, pnpm: pnpmVersion, folders }));
  return folders;
}

function installed() {
  try {
    const marker = statSync(join(root, 'node_modules', '.modules.yaml')).mtimeMs;
    return (
      marker >= statSync(join(root, 'pnpm-lock.yaml')).mtimeMs &&
      existsSync(join(root, 'apps', 'web', 'node_modules'))
    );
  } catch {
    return false;
  }
}

const [name, ...args] = process.argv.slice(2);
if (!Object.hasOwn(SCRIPTS, name ?? ''))
  fail(`unknown task ${name}: allowed are ${Object.keys(SCRIPTS).join(', ')}`);
if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Node ${process.versions.node} is too old: install Node 20 or newer`);

const folders = toolchain();
const env = {
  ...process.env,
  PATH: [...folders, process.env.PATH].join(process.platform === 'win32' ? ';' : ':'),
};
const node = join(folders[0], 'node');

if (!installed()) {
  say('Installing what is missing');
  const install = spawnSync('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    env: { ...env, CI: 'true' },
    stdio: ['ignore', 2, 2],
  });
  if (install.status !== 0) fail('The packages could not be installed: see above');
}

// The IPC channel is a lifeline: when this process dies, however it dies, the child notices and ends what it started.
const child = spawn(node, [join(root, 'scripts', SCRIPTS[name]), ...args], {
  cwd: root,
  env,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm hands a signal to the shell between us, and that one dies without a word.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 300).unref();
}
child.on('error', (error) => fail(`could not start ${node}: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
