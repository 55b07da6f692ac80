// The server as a process: settings in, listen, say where, and end cleanly. Everything else is in app.ts.

import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { type Config, readConfig } from '../config.ts';
import { flagLines } from '../flags/help.ts';
import { SERVER_FLAGS } from '../flags/server-flags.ts';
import { DEMO, VERSION } from '../installation.ts';
import { openBrowser } from '../open-browser.ts';
import { createSecretFile } from '../secret-file.ts';
import { parseAccessTokens } from '../security/access-tokens.ts';
import { parseEndedLinks } from '../security/links/ended-links.ts';
import { parseLinkKeys } from '../security/links/link-keys.ts';
import { parseClientSecret } from '../security/login/client-secret.ts';
import { isGuarded, isLoopback } from '../security/openness.ts';
import { clusterOf } from './asking/cluster-of.ts';
import { type Command, EXIT_MISTAKE, EXIT_OK, type Terminal } from './command.ts';
import { contextNames } from './context-names.ts';
import { endOnSignals } from './end-on-signals.ts';
import { createServing } from './serving.ts';
import { COMMANDS } from './words.ts';

export const serve: Command = {
  async run(terminal) {
    const result = readConfig(terminal);
    switch (result.kind) {
      case 'help':
        terminal.print(helpText());
        return EXIT_OK;
      case 'version':
        terminal.print(`${VERSION}\n`);
        return EXIT_OK;
      case 'mistakes':
        for (const { where, message } of result.mistakes) terminal.say(`${where} ${message}`);
        return EXIT_MISTAKE;
      case 'demo':
        return runDemo(terminal);
      case 'config':
        return run(result.config, terminal);
    }
  },
};

/** Loaded by its place: a clone has it beside this app, which knows no scripts, and a package beside this file. */
async function runDemo({ args, hasDesktop }: Terminal): Promise<number | null> {
  const { runDemo: run } = (await import(pathToFileURL(DEMO).href)) as {
    runDemo: (args: readonly string[]) => Promise<never>;
  };
  const own = args.filter((arg) => arg !== '--demo');
  return run([...own, ...(hasDesktop && !own.includes('--open') ? ['--open'] : [])]);
}

export function helpText(): string {
  return [
    'Latchwork: who talks to whom in a Linkerd mesh, how well, and whether it is locked.',
    '',
    'Usage: latchwork [flags]                       the cluster of kubectl’s current context',
    '       latchwork --prometheus URL [flags]',
    '       latchwork --kubeconfig FILE [--context NAME] [flags]',
    '       latchwork --demo                        an invented mesh',
    '       latchwork COMMAND [flags]      --help after it lists its flags',
    '',
    ...Object.entries(COMMANDS).map(([name, about]) => `  ${name.padEnd(34)} ${about}`),
    '',
    ...flagLines(SERVER_FLAGS),
    '',
  ].join('\n');
}

/** Null: it listens, and ends with the process. */
async function run(config: Config, terminal: Terminal): Promise<number | null> {
  // Every start after the first is spared the compiling: it has to be on before the large imports.
  enableCompileCache();
  const mistake = await secretMistake(config);
  if (mistake !== null) {
    terminal.say(mistake);
    return EXIT_MISTAKE;
  }
  const cluster = await clusterOf(config, terminal, config.kubernetesNamespaces);
  if (cluster === undefined) return EXIT_MISTAKE;
  const serving = createServing({ config, terminal, contexts: await contextNames(config, terminal) });
  const app = await serving.build(cluster);
  const missing = config.access.byRights ? await missingReview(app) : null;
  if (missing !== null) {
    terminal.say(missing);
    await app.close();
    return EXIT_MISTAKE;
  }
  endOnSignals(serving, config.exitWithParent);
  try {
    await serving.listen(app);
  } catch (error) {
    terminal.say(listenTrouble(error as NodeJS.ErrnoException, config));
    await app.close();
    return EXIT_MISTAKE;
  }
  const url = urlOf(app, config);
  terminal.print(`Latchwork is at ${url}\n`);
  if (!isGuarded(config) && !isLoopback(config)) terminal.say(OPEN_TO_ALL);
  if (config.openBrowser) openBrowser(url, { platform: process.platform, say: terminal.say });
  return null;
}

/** Null as well where nobody answers: then nobody sees anything until somebody does. */
async function missingReview({ cluster }: FastifyInstance): Promise<string | null> {
  const access = await cluster?.reviewAccess().catch(() => null);
  if (!access || access.allowed) return null;
  return `--namespaces-by-rights: ${access.message}. Let someone who may grant rights apply this:\n${access.manifest}`;
}

const OPEN_TO_ALL =
  'anybody who reaches this address sees the mesh: give --access-token-file FILE, --oidc-issuer URL or --user-header NAME, or put a login in front';

/** A file that holds no secret is a mistake in the settings: better said now than to the first reader. */
async function secretMistake({ access, embed }: Config): Promise<string | null> {
  const files = [
    { flag: '--access-token-file', path: access.tokenFile, parse: parseAccessTokens },
    { flag: '--oidc-client-secret-file', path: access.oidc.clientSecretFile, parse: parseClientSecret },
    { flag: '--embed-key-file', path: embed.keyFile, parse: parseLinkKeys },
    { flag: '--embed-ended-file', path: embed.endedFile, parse: parseEndedLinks },
  ];
  for (const { flag, path, parse } of files) {
    if (path === null) continue;
    try {
      await createSecretFile<unknown>(path, parse).read();
    } catch (error) {
      return `${flag}: ${(error as Error).message}`;
    }
  }
  return null;
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
