// latchwork embed-link: makes a signed link on the command line, with the same key file as the server.

import { randomBytes } from 'node:crypto';
import { EMBED_VIEWS } from '@latchwork/shared/embed';
import { PATHS } from '@latchwork/shared/paths';
import { withoutEndSlashes } from '../end-slashes.ts';
import { flag, flagWithDefault, repeatable, type SettingsOf, toggle } from '../flags/flag.ts';
import { flagLines } from '../flags/help.ts';
import { namespace, oneOf, text } from '../flags/plain-values.ts';
import { SERVER_FLAGS } from '../flags/server-flags.ts';
import { readSettings } from '../flags/settings.ts';
import { createSecretFile } from '../secret-file.ts';
import { parseLinkKeys } from '../security/links/link-keys.ts';
import { signLink } from '../security/links/signed-link.ts';
import { validForAllowed, validForSeconds } from '../security/links/valid-for.ts';
import { type Command, EXIT_MISTAKE, EXIT_OK } from './command.ts';

const HERE = { hasVariable: false };

const FLAGS = {
  keyFile: SERVER_FLAGS.embed.keyFile,
  namespaces: repeatable('namespace', 'NAME', 'What the link opens', namespace, HERE),
  view: flagWithDefault(
    'view',
    'VIEW',
    `${EMBED_VIEWS.join(', ')}: each opens what comes after it, too`,
    oneOf(EMBED_VIEWS),
    { ...HERE, fallback: 'graph' },
  ),
  allNamespaces: toggle('all-namespaces', 'The link opens the whole mesh', HERE),
  mostDays: SERVER_FLAGS.embed.mostDays,
  validFor: flagWithDefault(
    'valid-for',
    'DURATION',
    'Hours or days, from 1h to as many days as --embed-most-days allows',
    text,
    { ...HERE, fallback: '30d' },
  ),
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
        const { link, linkId } = await toLink(settings, terminal.now());
        terminal.print(link);
        terminal.say(
          `its id is ${linkId}: a server with --embed-ended-file ends it when that stands in the file`,
        );
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
  { keyFile, namespaces, allNamespaces, view, validFor, mostDays, url }: SettingsOf<typeof FLAGS>,
  nowMs: number,
): Promise<{ readonly link: string; readonly linkId: string }> {
  const seconds = validForSeconds(validFor, mostDays);
  if (seconds === null) throw new Error(`--valid-for "${validFor}" is not ${validForAllowed(mostDays)}`);
  if (namespaces.length > 0 === allNamespaces)
    throw new Error('say what the link opens: --namespace NAME, or --all-namespaces for the whole mesh');
  if (keyFile === null) throw new Error('--embed-key-file is missing: name the file that the server has');
  const [key] = await createSecretFile(keyFile, parseLinkKeys).read();
  if (!key) throw new Error(`${keyFile} holds no key`);
  const linkId = randomBytes(9).toString('base64url');
  const link = signLink({ namespaces, view }, Math.floor(nowMs / 1000) + seconds, key, linkId);
  return { link: url === null ? `${link}\n` : `${url}${PATH_OF[view]}?link=${link}\n`, linkId };
}

/** As people copy it from a browser: what comes after the path is left out. */
function serverUrl(given: string): string {
  if (!URL.canParse(given)) throw new Error(`"${given}" is no URL: write it with its scheme`);
  return withoutEndSlashes(given.replace(/[?#].*$/, ''));
}
