// Every flag of the server. A new one is an entry here (or among the flags of the sources): help, variable, parser, type
// of the setting and its default follow from it.

import { ACCESS_FLAGS } from './access-flags.ts';
import { flag, flagWithDefault, repeatable, toggle } from './flag.ts';
import { parseLink } from './link.ts';
import { address, basePath, file, namespace, oneOf, url, wholeNumber } from './plain-values.ts';
import { SOURCE_FLAGS } from './source-flags.ts';
import { parseAllowedHost, parseHeaderName, parseOrigin } from './syntax.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const SERVER_FLAGS = {
  ...SOURCE_FLAGS,
  kubernetesNamespaces: repeatable(
    'namespace',
    'NAME',
    'Namespace to ask Kubernetes for where the whole cluster is refused, besides the context’s own and those of the metrics',
    namespace,
  ),
  tapOff: toggle('no-tap', 'Offer no tap: nobody can watch single requests through this server'),
  tapUrl: flag(
    'tap-url',
    'URL',
    "Server of Linkerd's tap API, such as http://127.0.0.1:8001 of kubectl proxy",
    url,
  ),
  tapHeaders: {
    mode: flagWithDefault(
      'tap-headers',
      'WORD',
      'on, or off to show no headers of tapped requests at all',
      oneOf(['on', 'off'] as const),
      { fallback: 'on' },
    ),
    shown: repeatable(
      'tap-show-header',
      'NAME',
      'Header of tapped requests that is shown although its name sounds like a secret, such as x-request-token-count',
      parseHeaderName,
    ),
  },
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
  access: ACCESS_FLAGS,
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
    endedFile: flag(
      'embed-ended-file',
      'FILE',
      'File with the ids of signed links that are to end before their time, one a line; read again when it changes',
      file,
    ),
    mostDays: flagWithDefault(
      'embed-most-days',
      'NUMBER',
      'How long a signed link may be good for',
      wholeNumber(1, 3_660),
      { fallback: '90' },
    ),
  },
  links: repeatable(
    'link',
    "'NAME=URL'",
    'Another tool that knows the same things, such as Grafana=https://grafana.example.com or Logs=https://…?q={namespace}/{name}',
    parseLink,
  ),
  watchHealth: toggle(
    'watch-health',
    'Look at the health of the mesh every minute, for alerts on /metrics; else only while somebody looks',
  ),
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
  demo: toggle(
    'demo',
    'Show an invented mesh; needs Prometheus 2.42 or newer on the PATH, or named in LATCHWORK_PROMETHEUS_BINARY',
  ),
  replay: toggle('replay', 'Say that the data is a recording; a tap stream ends with it', { internal: true }),
  exitWithParent: toggle('exit-with-parent', 'End when the process that started this one is gone', {
    internal: true,
  }),
} as const;
