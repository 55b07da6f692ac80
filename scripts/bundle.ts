// Makes the program that people install: the server, the simulator and the built page as plain files that need Node alone.

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build } from 'vite';
import { collectModules, licencesText, packagesOf } from './bundled-packages.ts';

const ROOT = join(import.meta.dirname, '..');
/** `latchwork` itself: looks at the version of Node before it loads `main`. */
const LAUNCHER = join(import.meta.dirname, 'launcher.mjs');
const PROGRAM_PLACES = join(import.meta.dirname, 'programs.ts');
const INSTALLATION = join(ROOT, 'apps', 'server', 'src', 'installation.ts');

/** Programs by the name of their file in `server/`. */
const PROGRAMS = {
  main: join(ROOT, 'apps', 'server', 'src', 'main.ts'),
  'drawing-worker': join(ROOT, 'apps', 'server', 'src', 'drawing', 'worker.ts'),
  demo: join(import.meta.dirname, 'demo.ts'),
  'mesh-sim': join(ROOT, 'apps', 'mesh-sim', 'src', 'main.ts'),
};
/** Native speed-ups that `ws` uses when somebody has installed them: nobody has. */
const ABSENT = ['bufferutil', 'utf-8-validate'];

/** Empties `folder` and writes `server/`, `web/` and the licences into it. */
export async function bundle(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const modules = new Set<string>();
  await bundlePrograms(join(folder, 'server'), modules);
  await bundlePage(join(folder, 'web'), modules);
  await copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  await writeFile(join(folder, 'THIRD-PARTY-LICENSES.md'), licencesText(packagesOf(modules)));
}

async function bundlePrograms(folder: string, modules: Set<string>): Promise<void> {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const bundler = await rolldown({
    input: PROGRAMS,
    platform: 'node',
    external: ABSENT,
    plugins: [
      {
        name: 'installation',
        load: (id) =>
          id === INSTALLATION ? installationModule(version) : id === PROGRAM_PLACES ? programsModule() : null,
      },
      collectModules(modules),
    ],
  });
  // Not minified: what fails on a user's machine should be readable there.
  await bundler.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
  await bundler.close();
  await copyFile(LAUNCHER, join(folder, 'latchwork.mjs'));
}

/** All modules of the server end up in one folder beside the page's. */
function installationModule(version: string): string {
  return [
    "import { join } from 'node:path';",
    "export const WEB_ROOT = join(import.meta.dirname, '..', 'web');",
    "export const DRAWING_WORKER = join(import.meta.dirname, 'drawing-worker.mjs');",
    "export const DEMO = join(import.meta.dirname, 'demo.mjs');",
    `export const VERSION = ${JSON.stringify(version)};`,
  ].join('\n');
}

/** Nothing is fetched on a machine of somebody else. */
function programsModule(): string {
  return [
    "import { join } from 'node:path';",
    "export const MESH_SIM = join(import.meta.dirname, 'mesh-sim.mjs');",
    "export const SERVER = join(import.meta.dirname, 'main.mjs');",
    'export const CACHE = null;',
  ].join('\n');
}

async function bundlePage(folder: string, modules: Set<string>): Promise<void> {
  await build({
    root: join(ROOT, 'apps', 'web'),
    logLevel: 'warn',
    plugins: [collectModules(modules)],
    build: { outDir: folder, emptyOutDir: true },
  });
}
