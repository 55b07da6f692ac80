// Every flag of the server. A new one is an entry here (or among the flags of the sources): help, variable, parser, type
// of the setting and its default follow from it.

import { flag, flagWithDefault, repeatable, toggle } from './flag.ts';
import { address, basePath, file, oneOf, url, wholeNumber } from './plain-values.ts';
import { SOURCE_FLAGS } from './source-flags.ts';
import { parseAllowedHost, parseOrigin } from './syntax.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const SERVER_FLAGS = {
  ...SOURCE_FLAGS,
  tapOff: toggle('no-tap', 'Offer no tap: nobody can watch single requests through this server'),
  tapUrl: flag(
    'tap-url',
    'URL',
    "Server of Linkerd's tap API, such as http://127.0.0.1:8001 of kubectl proxy",
    url,
  ),
  host: flagWithDefault('host', 'ADDRESS', 'Address to listen on', address, { fallback: '127.0.0.1' }),
  port: flagWithDefault('port', 'NUMBER', 'Port to listen on; 0 takes a free one', wholeNumber(0, 65_535), {
    fallback: '8470',
  }),
  basePath: flagWithDefault(
    'base-path',
    'PATH',
    'Path under which a reverse proxy serves the page, such as /latchwork',
    basePath,
    { fallback: '/' },
  ),
  allowedHosts: repeatable(
    'allowed-host',
    'NAME',
    'Host name that browsers may use besides localhost and the address listened on',
    parseAllowedHost,
  ),
  /** Null: whoever reaches the server may see it. */
  accessTokenFile: flag(
    'access-token-file',
    'FILE',
    'File with a token that everybody then needs, as a bearer token or in the login; read again when it changes',
    file,
  ),
  acceptedFile: flag(
    'accepted-file',
    'FILE',
    'YAML file with the problems that a team accepts (code, where, name, reason, end); read again when it changes',
    file,
  ),
  embed: {
    ancestors: repeatable(
      'embed-ancestor',
      'ORIGIN',
      'Whose pages may frame the embedded graph, such as https://wiki.example.com; nobody without it',
      parseOrigin,
    ),
    keyFile: flag(
      'embed-key-file',
      'FILE',
      'File with the keys of signed links, NAME:SECRET a line, the first one signs; read again when it changes',
      file,
    ),
  },
  openBrowser: toggle('open', 'Open the page in a browser'),
  logLevel: flagWithDefault(
    'log-level',
    'LEVEL',
    `${LOG_LEVELS.slice(0, -1).join(', ')} or silent; written to standard error`,
    oneOf(LOG_LEVELS),
    { fallback: 'warn' },
  ),
  help: toggle('help', 'Print this text'),
  version: toggle('version', 'Print the version'),
  demo: toggle('demo', 'Say that the data is invented', { internal: true }),
  replay: toggle('replay', 'Say that the data is a recording; a tap stream ends with it', { internal: true }),
  exitWithParent: toggle('exit-with-parent', 'End when the process that started this one is gone', {
    internal: true,
  }),
} as const;
