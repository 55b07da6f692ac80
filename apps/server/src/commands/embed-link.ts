// latchwork embed-link: makes a signed link on the command line, with the same key file as the server.

import { EMBED_VIEWS, VALID_FOR_ALLOWED } from '@latchwork/shared/embed';
import { isNamespaceName, NAMESPACE_ALLOWED } from '@latchwork/shared/namespace-name';
import { PATHS } from '@latchwork/shared/paths';
import { flag, flagWithDefault, repeatable, type SettingsOf, toggle } from '../flags/flag.ts';
import { flagLines } from '../flags/help.ts';
import { oneOf } from '../flags/plain-values.ts';
import { SERVER_FLAGS } from '../flags/server-flags.ts';
import { readSettings } from '../flags/settings.ts';
import { createSecretFile } from '../secret-file.ts';
import { parseLinkKeys } from '../security/link-keys.ts';
import { signLink } from '../security/signed-link.ts';
import { validForSeconds } from '../security/valid-for.ts';
import { type Command, EXIT_MISTAKE, EXIT_OK } from './command.ts';

const HERE = { hasVariable: false };

const FLAGS = {
  keyFile: SERVER_FLAGS.embed.keyFile,
  namespaces: repeatable(
    'namespace',
    'NAME',
    'What the link opens; without it the whole mesh',
    namespace,
    HERE,
  ),
  view: flagWithDefault(
    'view',
    'VIEW',
    `${EMBED_VIEWS.join(', ')}: each opens what comes after it, too`,
    oneOf(EMBED_VIEWS),
    { ...HERE, fallback: 'graph' },
  ),
  validForSeconds: flagWithDefault('valid-for', 'DURATION', VALID_FOR_ALLOWED, validFor, {
    ...HERE,
    fallback: '30d',
  }),
  url: flag(
    'url',
    'URL',
    'Where the server is: prints the whole address instead of the link alone',
    serverUrl,
    HERE,
  ),
  help: toggle('help', 'Print this text', HERE),
} as const;

const PATH_OF = { graph: PATHS.embedFrame, picture: PATHS.embedSvg, badge: PATHS.embedBadge } as const;

export const embedLink: Command = {
  async run(terminal) {
    const { settings, mistakes } = readSettings(FLAGS, terminal);
    if (settings.help) {
      terminal.print(HELP);
      return EXIT_OK;
    }
    const wrong = mistakes.map(({ where, message }) => `${where} ${message}`);
    if (wrong.length === 0) {
      try {
        terminal.print(await toLink(settings, terminal.now()));
        return EXIT_OK;
      } catch (error) {
        wrong.push((error as Error).message);
      }
    }
    for (const line of wrong) terminal.say(`${line}; latchwork embed-link --help lists the flags`);
    return EXIT_MISTAKE;
  },
};

const HELP = ['Usage: latchwork embed-link --embed-key-file FILE [flags]', '', ...flagLines(FLAGS), ''].join(
  '\n',
);

async function toLink(
  { keyFile, namespaces, view, validForSeconds, url }: SettingsOf<typeof FLAGS>,
  nowMs: number,
): Promise<string> {
  if (keyFile === null) throw new Error('--embed-key-file is missing: name the file that the server has');
  const [key] = await createSecretFile(keyFile, parseLinkKeys).read();
  if (!key) throw new Error(`${keyFile} holds no key`);
  const link = signLink({ namespaces, view }, Math.floor(nowMs / 1000) + validForSeconds, key);
  return url === null ? `${link}\n` : `${url}${PATH_OF[view]}?link=${link}\n`;
}

function namespace(text: string): string {
  if (!isNamespaceName(text)) throw new Error(`"${text}" is not ${NAMESPACE_ALLOWED}`);
  return text;
}

function validFor(text: string): number {
  const seconds = validForSeconds(text);
  if (seconds === null) throw new Error(`"${text}" is not ${VALID_FOR_ALLOWED}`);
  return seconds;
}

/** As people copy it from a browser: what comes after the path is left out. */
function serverUrl(text: string): string {
  if (!URL.canParse(text)) throw new Error(`"${text}" is no URL: write it with its scheme`);
  return text.replace(/[?#].*$/, '').replace(/\/+$/, '');
}
