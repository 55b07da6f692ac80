// `npm test`: types, lint, architecture, unit, contract with reality, routes, then the stories in a real browser.
// Goes on after a failure, so that one run tells everything; ends with "N passed, N failed" over all of it.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium-binary.ts';
import { findHelm } from './helm-binary.ts';
import { findNginx } from './nginx-binary.ts';
import { buildPage } from './page.ts';
import { stopAllChildren, stopOnSignals } from './processes.ts';
import { findPrometheus } from './prometheus-binary.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const folder = await mkdtemp(join(tmpdir(), 'latchwork-test-'));
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

let current: ReturnType<typeof spawn> | null = null;
stopOnSignals(async () => {
  current?.kill('SIGTERM');
  await stopAllChildren();
  await rm(folder, { recursive: true, force: true });
});

function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    current = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    current.on('error', (error) => {
      say(error.message);
      resolve(false);
    });
    current.on('exit', (code) => resolve(code === 0));
  });
}

function add(name: string, count: Count): void {
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  if (count.failed > 0) broken.push(name);
}

async function check(name: string, work: () => Promise<boolean>): Promise<void> {
  say(`\n— ${name}`);
  const ok = await work().catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    return false;
  });
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

/** A runner that writes what it did into a file; a run that fails without a failed test is a failure all the same. */
async function runner(
  name: string,
  report: string,
  work: () => Promise<boolean>,
  read: (report: unknown) => Count,
): Promise<void> {
  say(`\n— ${name}`);
  const ok = await work();
  const count = await readFile(report, 'utf8').then(
    (text) => read(JSON.parse(text)),
    () => ({ passed: 0, failed: 1, skipped: 0 }),
  );
  if (!ok && count.failed === 0) count.failed = 1;
  add(name, count);
}

await check('types', async () => {
  const server = await run(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json']);
  const page = await run(join(bin, 'svelte-check'), [
    '--tsconfig',
    'apps/web/tsconfig.json',
    '--fail-on-warnings',
    '--output',
    'human',
  ]);
  return server && page;
});
await check('lint', () => run(join(bin, 'biome'), ['check', '--error-on-warnings', '.']));
await check('format of components', () =>
  run(join(bin, 'prettier'), ['--check', '--log-level', 'warn', 'apps/web/src/**/*.svelte']),
);
await check('dead code', () => run(join(bin, 'knip'), ['--no-progress']));
await check('architecture', () =>
  run(join(bin, 'depcruise'), [
    '--config',
    '.dependency-cruiser.cjs',
    'apps',
    'packages',
    'e2e',
    'scripts',
    'bench',
  ]),
);

let prometheus = '';
await check('Prometheus is there', async () => {
  prometheus = await findPrometheus(say);
  return true;
});
await check('Helm and nginx are there, or may be missing', async () => {
  const required = Boolean(process.env['CI']);
  await findHelm({ required, say });
  await findNginx({ required, say });
  return true;
});
await check('the page builds', async () => {
  await buildPage(say);
  return true;
});

const units = join(folder, 'unit.json');
await runner(
  'unit, contract with reality, routes',
  units,
  () =>
    run(join(bin, 'vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${units}`], {
      LATCHWORK_PROMETHEUS_BINARY: prometheus,
    }),
  (report) => {
    const { numPassedTests, numFailedTests, numPendingTests } = report as Record<string, number>;
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, skipped: numPendingTests ?? 0 };
  },
);

let chromium = '';
await check('Chromium is there', async () => {
  const require = createRequire(join(root, 'e2e', 'package.json'));
  const playwright = require('@playwright/test') as { chromium: { executablePath(): string } };
  const cli = join(require.resolve('@playwright/test/package.json'), '..', 'cli.js');
  chromium = await findChromium(playwright.chromium.executablePath(), cli, say);
  return true;
});

const stories = join(folder, 'stories.json');
await runner(
  'stories',
  stories,
  () =>
    run(
      join(root, 'e2e', 'node_modules', '.bin', 'playwright'),
      ['test', '--config', 'e2e/playwright.config.ts'],
      {
        LATCHWORK_PROMETHEUS_BINARY: prometheus,
        LATCHWORK_CHROMIUM_BINARY: chromium,
        PLAYWRIGHT_JSON_OUTPUT_NAME: stories,
      },
    ),
  (report) => {
    const { stats } = report as { stats: Record<string, number> };
    return {
      passed: (stats['expected'] ?? 0) + (stats['flaky'] ?? 0),
      failed: stats['unexpected'] ?? 0,
      skipped: stats['skipped'] ?? 0,
    };
  },
);

await rm(folder, { recursive: true, force: true });
say(broken.length ? `\nNot well: ${broken.join('; ')}\n` : '');
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
say(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);
