#!/usr/bin/env node
// The process: flags in, listen, say where, and end cleanly. Everything else is in app.ts.

import { accessSync, constants } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { type Config, readConfig } from './config.ts';
import { helpText } from './flags.ts';
import { VERSION, WEB_ROOT } from './installation.ts';
import { openBrowser } from './open-browser.ts';
import type { ClusterAccess } from './plugins/kubernetes.ts';

const EXIT_MISTAKE = 2;
const CLOSE_WITHIN_MS = 1_500;
const PARENT_EVERY_MS = 1_000;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const result = readConfig({
  args: process.argv.slice(2),
  environment: process.env,
  checkFile: (path) => accessSync(path, constants.R_OK),
});

switch (result.kind) {
  case 'help':
    process.stdout.write(helpText());
    break;
  case 'version':
    process.stdout.write(`${VERSION}\n`);
    break;
  case 'mistakes':
    for (const { where, message } of result.mistakes) say(`${where} ${message}`);
    process.exitCode = EXIT_MISTAKE;
    break;
  case 'config':
    await run(result.config);
}

async function run(config: Config): Promise<void> {
  // Every start after the first is spared the compiling: it has to be on before the large imports.
  enableCompileCache();
  const { buildApp } = await import('./app.ts');
  const cluster = await clusterOf(config);
  if (cluster === undefined) return;
  const app = await buildApp({
    config,
    cluster,
    version: VERSION,
    webRoot: WEB_ROOT,
    logger: { level: config.logLevel, stream: process.stderr },
  });
  endOnSignals(app, config.exitWithParent);
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    say(listenTrouble(error as NodeJS.ErrnoException, config));
    await app.close();
    process.exitCode = EXIT_MISTAKE;
    return;
  }
  const url = urlOf(app, config);
  process.stdout.write(`Latchwork is at ${url}\n`);
  if (config.openBrowser) openBrowser(url, { platform: process.platform, say });
}

/** Undefined when it cannot be told which cluster is meant: that is a mistake in the settings, too. */
async function clusterOf({ kubernetes }: Config): Promise<ClusterAccess | null | undefined> {
  if (kubernetes === null) return null;
  const { readClusterConfig } = await import('./sources/kubernetes/config.ts');
  const environment = process.env;
  try {
    return {
      config: await readClusterConfig({ ...kubernetes, environment, homeFolder: homedir() }),
      environment,
    };
  } catch (error) {
    const { message, remedy } = error as Error & { remedy?: string };
    say(remedy ? `${message}: ${remedy}` : message);
    process.exitCode = EXIT_MISTAKE;
    return undefined;
  }
}

function urlOf(app: FastifyInstance, { host, basePath }: Config): string {
  const address = app.server.address();
  const port = typeof address === 'object' ? address?.port : null;
  // Nobody can open "all interfaces".
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}${basePath === '' ? '' : `${basePath}/`}`;
}

function listenTrouble({ code, message }: NodeJS.ErrnoException, { host, port }: Config): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is in use, perhaps by another Latchwork: end that one, or choose another port with --port, such as --port ${port + 1} (--port 0 takes a free one)`;
    case 'EACCES':
      return `port ${port} may not be opened by this user: choose one above 1023 with --port`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: use --host 127.0.0.1, or --host 0.0.0.0 for all of them`;
    default:
      return `cannot listen on ${host}:${port}: ${message}`;
  }
}

/** Sockets, feeds and taps end with the app; whatever hangs is not waited for. */
function endOnSignals(app: FastifyInstance, exitWithParent: boolean): void {
  let ending = false;
  function end(): void {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  }
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // A parent with a channel closes it by ending, however it ends.
  if (process.channel) process.on('disconnect', end);
  if (exitWithParent) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) end();
    }, PARENT_EVERY_MS).unref();
  }
}
