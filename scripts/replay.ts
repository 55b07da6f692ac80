// `npm run replay [-- --at TIME]`: the page on the recorded mesh at one moment, with the recorded tap in Live.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrometheus } from './binaries/prometheus-binary.ts';
import { buildPage } from './page.ts';
import { stopAllChildren, stopOnSignals } from './processes.ts';
import { startPrometheus } from './prometheus.ts';
import { unpackRecordedDatabase } from './recorded-database.ts';
import { startServer } from './stack.ts';
import { startTapReplay } from './tap-replay.ts';

const DEFAULT_AT = '2026-11-23T15:47:10Z';
const args = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'latchwork-replay-'));

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function stop(): Promise<void> {
  await stopAllChildren();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
stopOnSignals(stop);

try {
  await buildPage(say);
  const binary = await findPrometheus(say);
  say('Unpacking the recording');
  const data = await unpackRecordedDatabase(join(folder, 'data'));
  const prometheus = await startPrometheus({ binary, folder, data });
  const tap = await startTapReplay({ host: '127.0.0.1', port: 0 });
  const at = args.some((arg) => arg === '--at' || arg.startsWith('--at=')) ? [] : ['--at', DEFAULT_AT];
  const server = await startServer(
    ['--replay', '--prometheus', prometheus.url, '--tap-url', tap.url, ...at, ...args],
    say,
  );
  process.stdout.write(`\nLatchwork shows the recording at ${server.url}\n\n`);
  const ended = await Promise.race(
    [prometheus.child, server.child].map(async (child) => `${child.name} ended: ${await child.gone}`),
  );
  say(`${ended}; stopping`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
}
await stop();
process.exit(1);
