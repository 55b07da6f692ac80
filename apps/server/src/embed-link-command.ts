// latchwork embed-link: makes a signed link on the command line, with the same key file as the server.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EMBED_VIEWS, VALID_FOR_ALLOWED } from '@latchwork/shared/embed';
import { isNamespaceName, NAMESPACE_ALLOWED } from '@latchwork/shared/namespace-name';
import { PATHS } from '@latchwork/shared/paths';
import { parseLinkKeys } from './security/link-keys.ts';
import { signLink } from './security/signed-link.ts';
import { validForSeconds } from './security/valid-for.ts';

const HELP = `Usage: latchwork embed-link --embed-key-file FILE [flags]

  --embed-key-file FILE   The keys of the server; the first one signs (or LATCHWORK_EMBED_KEY_FILE)
  --namespace NAME        What the link opens (may be repeated; default: the whole mesh)
  --view VIEW             ${EMBED_VIEWS.join(', ')}: each opens what comes after it, too (default graph)
  --valid-for DURATION    ${VALID_FOR_ALLOWED} (default 30d)
  --url URL               Where the server is: prints the whole address instead of the link alone
  --help                  Print this text
`;

const PATH_OF = { graph: PATHS.embedFrame, picture: PATHS.embedSvg, badge: PATHS.embedBadge } as const;

/** What to print; throws a sentence that says what to change. */
export function embedLinkCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  nowMs: number,
): string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'embed-key-file': { type: 'string' },
      namespace: { type: 'string', multiple: true },
      view: { type: 'string', default: 'graph' },
      'valid-for': { type: 'string', default: '30d' },
      url: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return HELP;
  const keyFile = values['embed-key-file'] ?? environment['LATCHWORK_EMBED_KEY_FILE'];
  if (!keyFile) throw new Error('--embed-key-file is missing: name the file that the server has');
  const view = EMBED_VIEWS.find((each) => each === values.view);
  if (!view) throw new Error(`--view "${values.view}" is none of ${EMBED_VIEWS.join(', ')}`);
  const namespaces = values.namespace ?? [];
  const wrong = namespaces.find((each) => !isNamespaceName(each));
  if (wrong !== undefined) throw new Error(`--namespace "${wrong}" is not ${NAMESPACE_ALLOWED}`);
  const seconds = validForSeconds(values['valid-for']);
  if (seconds === null) throw new Error(`--valid-for "${values['valid-for']}" is not ${VALID_FOR_ALLOWED}`);

  const [key] = keysOf(keyFile);
  if (!key) throw new Error(`${keyFile} holds no key`);
  const link = signLink({ namespaces, view }, Math.floor(nowMs / 1000) + seconds, key);
  if (values.url === undefined) return `${link}\n`;
  if (!URL.canParse(values.url)) throw new Error(`--url "${values.url}" is no URL: write it with its scheme`);
  return `${values.url.replace(/[?#].*$/, '').replace(/\/+$/, '')}${PATH_OF[view]}?link=${link}\n`;
}

function keysOf(path: string) {
  try {
    return parseLinkKeys(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be used: ${(error as Error).message}`);
  }
}
