// `npm test`: types, lint, dead code, architecture, units, what starts real programs, then the stories in a real browser.
// Goes on after a failure, so that one run tells everything; ends with "N passed, N failed" over all of it.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findChromium } from './binaries/chromium-binary.ts';
import { findHelm } from './binaries/helm-binary.ts';
import { findNginx } from './binaries/nginx-binary.ts';
import { findPrometheus } from './binaries/prometheus-binary.ts';
import { findPromtool } from './binaries/promtool-binary.ts';
import { findVictoriaMetrics } from './binaries/victoria-metrics-binary.ts';
import { buildPage } from './page.ts';
import { stopAllChildren, stopOnSignals } from './processes.ts';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** What is shown, and the script of package.json that it is: the commands stand there alone. */
const CHECKS = [
  ['types', 'types'],
  ['lint and format', 'lint'],
  ['dead code', 'dead'],
  ['architecture', 'arch'],
] as const;

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const bin = join(root, 'node_modules', '.bin');
const folder = await mkdtemp(join(tmpdir(), 'latchwork-test-'));
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];
let prometheus = '';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

let current: ReturnType<typeof spawn> | null = null;
stopOnSignals(async () => {
  current?.kill('SIGTERM');
  await stopAllChildren();
  await rm(folder, { recursive: true, force: true });
});

/** The commands of a script in package.json, one after the other; `args` go to the last one. All of them run. */
async function run(
  script: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<boolean> {
  const commands = (scripts[script] ?? '').split(' && ');
  let well = true;
  for (const [index, command] of commands.entries()) {
    const more = index === commands.length - 1 ? args.map((arg) => ` '${arg}'`).join('') : '';
    well = (await spawned(`exec ${command}${more}`, env)) && well;
  }
  return well;
}

function spawned(command: string, env: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    current = spawn('/bin/sh', ['-c', command], {
      cwd: root,
      env: { ...process.env, ...env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
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

/** A project of vitest: units and real ones count test by test. */
function vitest(name: string, script: string): Promise<void> {
  const report = join(folder, `${script}.json`);
  return runner(
    name,
    report,
    () =>
      run(script, ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`], {
        LATCHWORK_PROMETHEUS_BINARY: prometheus,
      }),
    (found) => {
      const { numPassedTests, numFailedTests, numPendingTests } = found as Record<string, number>;
      return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, skipped: numPendingTests ?? 0 };
    },
  );
}

for (const [name, script] of CHECKS) await check(name, () => run(script));

await check('Prometheus is there', async () => {
  prometheus = await findPrometheus(say);
  return true;
});
await check('Helm, nginx, promtool and VictoriaMetrics are there, or may be missing', async () => {
  const required = Boolean(process.env['CI']);
  await findHelm({ required, say });
  await findNginx({ required, say });
  await findPromtool({ required });
  await findVictoriaMetrics({ required });
  return true;
});
await check('the page builds', async () => {
  await buildPage(say);
  return true;
});

await vitest('units', 'unit');
await vitest('contract with reality', 'real');

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
    run('e2e', [], {
      LATCHWORK_PROMETHEUS_BINARY: prometheus,
      LATCHWORK_CHROMIUM_BINARY: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: stories,
    }),
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
