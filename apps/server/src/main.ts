#!/usr/bin/env node
// The process: flags in, listen, say where, and end cleanly. Everything else is in app.ts.

import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { type Config, type ConfigResult, readConfig } from './config.ts';
import { helpText } from './flags.ts';
import { VERSION, WEB_ROOT } from './installation.ts';
import { openBrowser } from './open-browser.ts';
import type { ClusterAccess } from './plugins/kubernetes.ts';
import { parseAccessToken, parseLinkKeys } from './security/link-keys.ts';

const EXIT_MISTAKE = 2;
const CLOSE_WITHIN_MS = 1_500;
const PARENT_EVERY_MS = 1_000;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const args = process.argv.slice(2);
const result: ConfigResult | { kind: 'embed-link' } =
  args[0] === 'embed-link'
    ? { kind: 'embed-link' }
    : readConfig({
        args,
        environment: process.env,
        checkFile: (path) => accessSync(path, constants.R_OK),
      });

switch (result.kind) {
  case 'embed-link':
    await makeEmbedLink(args.slice(1));
    break;
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

async function makeEmbedLink(flags: readonly string[]): Promise<void> {
  const { embedLinkCommand } = await import('./embed-link-command.ts');
  try {
    process.stdout.write(embedLinkCommand(flags, process.env, Date.now()));
  } catch (error) {
    say(`${(error as Error).message}; latchwork embed-link --help lists the flags`);
    process.exitCode = EXIT_MISTAKE;
  }
}

/** A file that holds no secret is a mistake in the settings: better said now than to the first reader. */
async function secretMistake({ accessTokenFile, embed }: Config): Promise<string | null> {
  const files = [
    { flag: '--access-token-file', path: accessTokenFile, parse: parseAccessToken },
    { flag: '--embed-key-file', path: embed.keyFile, parse: parseLinkKeys },
  ];
  for (const { flag, path, parse } of files) {
    if (path === null) continue;
    try {
      parse(await readFile(path, 'utf8'));
    } catch (error) {
      return `${flag} ${path}: ${(error as Error).message}`;
    }
  }
  return null;
}

async function run(config: Config): Promise<void> {
  // Every start after the first is spared the compiling: it has to be on before the large imports.
  enableCompileCache();
  const mistake = await secretMistake(config);
  if (mistake !== null) {
    say(mistake);
    process.exitCode = EXIT_MISTAKE;
    return;
  }
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
  const { readClusterConfig } = await import('./sources/kubernetes/kubeconfig/config.ts');
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
