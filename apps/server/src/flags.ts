// Every flag with its environment variable, default and one sentence: the help text and the parser both read this table.

export interface Flag {
  readonly name: string;
  /** What stands for the value in the help text; null for a switch. */
  readonly value: string | null;
  readonly repeatable: boolean;
  readonly fallback: string | null;
  readonly about: string;
  /** Set by our own launcher, listed apart. */
  readonly internal: boolean;
}

function flag(name: string, value: string | null, about: string, more: Partial<Flag> = {}): Flag {
  return { name, value, about, repeatable: false, fallback: null, internal: false, ...more };
}

export const FLAGS = [
  flag('prometheus', 'URL', 'The Prometheus (or Thanos, Mimir, VictoriaMetrics) that scrapes the mesh'),
  flag('prometheus-user', 'NAME', 'User for basic authentication'),
  flag('prometheus-password-file', 'FILE', 'File with the password; read again when it changes'),
  flag('prometheus-token-file', 'FILE', 'File with a bearer token; read again when it changes'),
  flag('prometheus-header', "'NAME: VALUE'", 'Header to send along, such as X-Scope-OrgID: team', {
    repeatable: true,
  }),
  flag('prometheus-ca-file', 'FILE', 'PEM file of the authority that signed its certificate'),
  flag('matcher', '\'LABEL="VALUE"\'', 'Added to every selector, such as cluster="east"', {
    repeatable: true,
  }),
  flag(
    'kubeconfig',
    'FILE',
    "Kubernetes' configuration of the cluster; finds the Prometheus and the tap of linkerd-viz there",
  ),
  flag('context', 'NAME', "Context in it, or in kubectl's own configuration", {
    fallback: 'its current one',
  }),
  flag('no-kubernetes', null, 'Ask only Prometheus, in a cluster too'),
  flag('no-tap', null, 'Offer no tap: nobody can watch single requests through this server'),
  flag('tap-url', 'URL', "Server of Linkerd's tap API, such as http://127.0.0.1:8001 of kubectl proxy"),
  flag('at', 'TIME', 'Look at this moment instead of now: RFC 3339 or Unix seconds'),
  flag('host', 'ADDRESS', 'Address to listen on', { fallback: '127.0.0.1' }),
  flag('port', 'NUMBER', 'Port to listen on; 0 takes a free one', { fallback: '8470' }),
  flag('base-path', 'PATH', 'Path under which a reverse proxy serves the page, such as /latchwork', {
    fallback: '/',
  }),
  flag(
    'allowed-host',
    'NAME',
    'Host name that browsers may use besides localhost and the address listened on',
    {
      repeatable: true,
    },
  ),
  flag(
    'access-token-file',
    'FILE',
    'File with a token that everybody then needs, as a bearer token or in the login; read again when it changes',
  ),
  flag(
    'embed-ancestor',
    'ORIGIN',
    'Whose pages may frame the embedded graph, such as https://wiki.example.com; nobody without it',
    { repeatable: true },
  ),
  flag(
    'embed-key-file',
    'FILE',
    'File with the keys of signed links, NAME:SECRET a line, the first one signs; read again when it changes',
  ),
  flag('latency-target-ms', 'NUMBER', 'A p95 above this is shown as slow', { fallback: '1000' }),
  flag('open', null, 'Open the page in a browser'),
  flag('log-level', 'LEVEL', 'fatal, error, warn, info, debug, trace or silent; written to standard error', {
    fallback: 'warn',
  }),
  flag('help', null, 'Print this text'),
  flag('version', null, 'Print the version'),
  flag('demo', null, 'Say that the data is invented', { internal: true }),
  flag('replay', null, 'Say that the data is a recording; a tap stream ends with it', { internal: true }),
  flag('exit-with-parent', null, 'End when the process that started this one is gone', { internal: true }),
] as const satisfies readonly Flag[];

export function variableOf({ name }: Flag): string {
  return `LATCHWORK_${name.toUpperCase().replaceAll('-', '_')}`;
}

export function helpText(): string {
  const rows = (internal: boolean) =>
    FLAGS.filter((each) => each.internal === internal).map((each) => {
      const left = `  --${each.name}${each.value ? ` ${each.value}` : ''}`;
      const notes = [
        ...(each.fallback === null ? [] : [`default ${each.fallback}`]),
        ...(each.repeatable ? ['may be repeated'] : []),
      ];
      return `${left.padEnd(34)} ${each.about}${notes.length ? ` (${notes.join('; ')})` : ''}`;
    });
  return [
    'Latchwork: who talks to whom in a Linkerd mesh, how well, and whether it is locked.',
    '',
    'Usage: latchwork --prometheus URL [flags]',
    '       latchwork --kubeconfig FILE [--context NAME] [flags]',
    '       latchwork embed-link --embed-key-file FILE [flags]',
    '',
    ...rows(false),
    '',
    'Used by npm start:',
    ...rows(true),
    '',
    `Each flag is also an environment variable, such as ${variableOf(FLAGS[0])} or LATCHWORK_PORT; a flag wins over it.`,
    'In a variable, a flag that may be repeated takes one value a line.',
    '',
  ].join('\n');
}
