// The flags of every command that looks at a mesh: whom to ask, what of it, and in which form the answer comes.

import { WINDOW_ALLOWED, WINDOW_DEFAULT, windowSeconds } from '@latchwork/shared/window';
import { flag, flagWithDefault, repeatable, toggle } from '../../flags/flag.ts';
import { file, namespace, oneOf, text, url } from '../../flags/plain-values.ts';
import { SERVER_FLAGS } from '../../flags/server-flags.ts';
import { SOURCE_FLAGS } from '../../flags/source-flags.ts';

const HERE = { hasVariable: false };

/** Whom to ask: a server that runs, or the sources themselves. */
export const ASKING_FLAGS = {
  url: flag(
    'url',
    'URL',
    'A running Latchwork to ask, with its base path; without it the sources are asked',
    url,
    HERE,
  ),
  tokenFile: flag('token-file', 'FILE', 'File with the access token that it wants', file, HERE),
  ...SOURCE_FLAGS,
  tapUrl: SERVER_FLAGS.tapUrl,
  help: toggle('help', 'Print this text', { ...HERE, short: 'h' }),
} as const;

export const FORMATS = ['table', 'json', 'csv'] as const;

export const SCOPE_FLAGS = {
  namespaces: repeatable('namespace', 'NAME', 'Of this namespace', namespace, { ...HERE, short: 'n' }),
  allNamespaces: toggle('all-namespaces', 'Of all namespaces, as without --namespace', {
    ...HERE,
    short: 'A',
  }),
  window: flagWithDefault('window', 'DURATION', `What numbers are over: ${WINDOW_ALLOWED}`, window, {
    ...HERE,
    ...{ fallback: WINDOW_DEFAULT, short: 't', alias: 'time-window' },
  }),
  noise: toggle('noise', 'With probes, scrapes, taps and Linkerd’s own namespaces', HERE),
  cluster: flag('cluster', 'NAME', 'Another cluster of the same store', text, HERE),
} as const;

/** `wide` is what linkerd viz calls it: nothing is left out here but for want of room. */
export function outputFlags<Word extends string>(words: readonly Word[]) {
  return {
    output: flagWithDefault(
      'output',
      'FORM',
      `${words.join(', ')}`,
      oneOf<Word | 'wide'>([...words, 'wide']),
      {
        ...HERE,
        ...{ fallback: 'table', short: 'o' },
      },
    ),
    json: toggle('json', 'The same as --output json', HERE),
  } as const;
}

export function formatOf<Word extends string>({
  output,
  json,
}: {
  readonly output: Word;
  readonly json: boolean;
}): Exclude<Word, 'wide'> | 'table' | 'json' {
  if (json) return 'json';
  return output === 'wide' ? 'table' : (output as Exclude<Word, 'wide'>);
}

function window(given: string): string {
  if (windowSeconds(given) === null) throw new Error(`"${given}" is not ${WINDOW_ALLOWED}`);
  return given;
}
