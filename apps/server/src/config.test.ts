import { describe, expect, it } from 'vitest';
import { helpText } from './commands/serve.ts';
import { readConfig } from './config.ts';
import { flagsOf, variableOf } from './flags/flag.ts';
import type { Environment } from './flags/given.ts';
import { SERVER_FLAGS } from './flags/server-flags.ts';

const PROMETHEUS = ['--prometheus', 'http://127.0.0.1:9090'];

function read(args: readonly string[], environment: Environment = {}) {
  return readConfig({
    args,
    environment,
    checkFile: (path) => {
      if (path.startsWith('/missing')) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
  });
}

function configOf(args: readonly string[], environment: Environment = {}) {
  const result = read([...PROMETHEUS, ...args], environment);
  if (result.kind !== 'config') throw new Error(JSON.stringify(result));
  return result.config;
}

function mistakesOf(args: readonly string[], environment: Environment = {}): string[] {
  const result = read(args, environment);
  if (result.kind !== 'mistakes') throw new Error(`no mistakes: ${JSON.stringify(result)}`);
  return result.mistakes.map(({ where, message }) => `${where} ${message}`);
}

describe('readConfig()', () => {
  it('has defaults for everything but Prometheus', () => {
    expect(configOf([])).toEqual({
      access: {
        tokenFile: null,
        trustedProxies: [],
        userHeader: null,
        groupsHeader: null,
        oidc: {
          issuer: null,
          clientId: null,
          clientSecretFile: null,
          scopes: 'openid email profile',
          userClaim: 'email',
          groupsClaim: 'groups',
          allowedGroups: [],
          allowedDomains: [],
        },
        byRights: false,
        roleGroups: [],
      },
      embed: { ancestors: [], keyFile: null, endedFile: null, mostDays: 90 },
      tapHeaders: { mode: 'on', shown: [] },
      acceptedFile: null,
      watchHealth: false,
      links: [],
      host: '127.0.0.1',
      port: 8470,
      basePath: '',
      allowedHosts: [],
      prometheus: {
        url: 'http://127.0.0.1:9090',
        user: null,
        passwordFile: null,
        tokenFile: null,
        headers: {},
        caFile: null,
        matchers: [],
      },
      kubernetes: null,
      kubernetesNamespaces: [],
      tapUrl: null,
      tapOff: false,
      atSeconds: null,
      latencyTargetMs: 1000,
      mode: 'live',
      logLevel: 'warn',
      openBrowser: false,
      exitWithParent: false,
    });
  });

  it('reads every flag, with = or without', () => {
    const config = configOf([
      '--host=0.0.0.0',
      '--port',
      '0',
      '--prometheus=https://metrics.example.com/base/path/',
      '--prometheus-user',
      'me',
      '--prometheus-password-file=/secret',
      '--prometheus-header',
      'X-Scope-OrgID: team: a',
      '--prometheus-header=X-Other:1',
      '--prometheus-ca-file',
      '/ca.pem',
      '--matcher',
      'cluster="east"',
      '--matcher=env=~"prod|stage"',
      '--matcher="k8s.cluster.name"="east"',
      '--matcher="zone"="a"',
      '--tap-url',
      'http://127.0.0.1:8001',
      '--at',
      '2026-11-23T15:47:10Z',
      '--base-path',
      'mesh/',
      '--allowed-host',
      'Mesh.example.com:8443',
      '--latency-target-ms',
      '250',
      '--replay',
      '--log-level',
      'debug',
      '--exit-with-parent',
      '--accepted-file=/accepted.yaml',
      '--link=Logs=https://logs.example.com/{pod}',
      '--access-token-file=/token',
      '--embed-key-file',
      '/keys',
      '--embed-ancestor=https://wiki.example.com',
      '--namespace=shop',
      '--namespace',
      'bank',
    ]);
    expect(config).toEqual({
      access: {
        tokenFile: '/token',
        trustedProxies: [],
        userHeader: null,
        groupsHeader: null,
        oidc: {
          issuer: null,
          clientId: null,
          clientSecretFile: null,
          scopes: 'openid email profile',
          userClaim: 'email',
          groupsClaim: 'groups',
          allowedGroups: [],
          allowedDomains: [],
        },
        byRights: false,
        roleGroups: [],
      },
      embed: { ancestors: ['https://wiki.example.com'], keyFile: '/keys', endedFile: null, mostDays: 90 },
      tapHeaders: { mode: 'on', shown: [] },
      acceptedFile: '/accepted.yaml',
      watchHealth: false,
      links: [{ name: 'Logs', template: 'https://logs.example.com/{pod}' }],
      host: '0.0.0.0',
      port: 0,
      basePath: '/mesh',
      allowedHosts: ['mesh.example.com:8443'],
      prometheus: {
        url: 'https://metrics.example.com/base/path',
        user: 'me',
        passwordFile: '/secret',
        tokenFile: null,
        headers: { 'X-Scope-OrgID': 'team: a', 'X-Other': '1' },
        caFile: '/ca.pem',
        matchers: ['cluster="east"', 'env=~"prod|stage"', '"k8s.cluster.name"="east"', 'zone="a"'],
      },
      kubernetes: null,
      kubernetesNamespaces: ['shop', 'bank'],
      tapUrl: 'http://127.0.0.1:8001',
      tapOff: false,
      atSeconds: 1795448830,
      latencyTargetMs: 250,
      mode: 'replay',
      logLevel: 'debug',
      openBrowser: false,
      exitWithParent: true,
    });
  });

  it('reads the environment, one value a line where a flag may be repeated; a flag wins', () => {
    const environment = {
      LATCHWORK_PORT: '9000',
      LATCHWORK_HOST: '',
      LATCHWORK_MATCHER: 'a="1,2"\nb="3"\n',
      LATCHWORK_ALLOWED_HOST: 'one.example',
      LATCHWORK_DEMO: 'true',
      LATCHWORK_REPLAY: 'false',
      PORT: '1',
    };
    const config = configOf(['--allowed-host', 'two.example'], environment);
    expect(config).toMatchObject({
      port: 9000,
      host: '127.0.0.1',
      allowedHosts: ['two.example'],
      mode: 'demo',
    });
    expect(config.prometheus.matchers).toEqual(['a="1,2"', 'b="3"']);
    expect(configOf(['--port', '9001'], environment).port).toBe(9001);
  });

  it('asks Kubernetes when told which, or in a pod with a service account, and then needs no Prometheus', () => {
    const kubernetesOf = (args: string[], environment = {}) => {
      const result = read(args, environment);
      return result.kind === 'config' ? result.config.kubernetes : result;
    };
    const nowhere = { kubeconfig: null, context: null };
    const pod = { KUBERNETES_SERVICE_HOST: '10.96.0.1' };
    expect(kubernetesOf(['--kubeconfig', '/k'])).toEqual({ ...nowhere, kubeconfig: '/k' });
    expect(kubernetesOf(['--context', 'east'])).toEqual({ ...nowhere, context: 'east' });
    expect(kubernetesOf([], pod)).toEqual(nowhere);
    expect(kubernetesOf(PROMETHEUS, pod)).toEqual(nowhere);
    expect(kubernetesOf(PROMETHEUS)).toBeNull();
    expect(kubernetesOf([...PROMETHEUS, '--demo'], pod)).toBeNull();
    expect(kubernetesOf([...PROMETHEUS, '--no-kubernetes'], pod)).toBeNull();
    expect(kubernetesOf([])).toMatchObject({ kind: 'mistakes' });
  });

  it('lets the last of a flag count, so that a launcher can be overridden', () => {
    expect(configOf(['--port', '1', '--port', '2']).port).toBe(2);
  });

  it('reports all mistakes at once, each with its value and the remedy', () => {
    const mistakes = mistakesOf(
      ['--port', '70000', '--at', 'noon', '--prot', '1', 'stray', '--matcher', 'cluster=east', '--tap-url'],
      { LATCHWORK_LATENCY_TARGET_MS: 'fast' },
    );
    expect(mistakes).toEqual([
      '--prot is unknown: did you mean --port?',
      'stray is no flag: flags begin with --, and --help lists them',
      '--tap-url needs a value: --tap-url URL',
      expect.stringMatching(/^--matcher 'cluster=east': .*double quotes/),
      expect.stringMatching(/^--at "noon" is no moment: use RFC 3339/),
      'LATCHWORK_LATENCY_TARGET_MS "fast" is not a whole number from 1 to 3600000',
      '--port "70000" is not a whole number from 0 to 65535',
      expect.stringMatching(/^--prometheus is missing, .*http:\/\/127\.0\.0\.1:9090/),
    ]);
  });

  it.each([
    [['--prometheus', 'localhost:9090'], /no URL: write it with its scheme/],
    [['--prometheus', 'ftp://x'], /no URL/],
    [['--prometheus', 'http://x?y=1'], /has a query/],
    [['--prometheus-token-file', '/missing'], /"\/missing" cannot be read \(there is no such file\)/],
    [['--prometheus-user', 'me'], /add --prometheus-password-file/],
    [['--prometheus-password-file', '/p'], /add --prometheus-user/],
    [
      ['--prometheus-user', 'me', '--prometheus-password-file', '/p', '--prometheus-token-file', '/t'],
      /not both/,
    ],
    [['--prometheus-header', 'nonsense'], /without a colon/],
    [['--prometheus-header', 'Host: x'], /set by the server itself/],
    [['--matcher', 'a-b="x"'], /"a-b" is no label name/],
    [['--matcher', 'k8s.cluster.name="x"'], /quote it .* '"k8s.cluster.name"="value"'/],
    [['--matcher', '""="x"'], /no label name/],
    [['--matcher', '"a"} or up{"b"="y"'], /no matcher|double quotes/],
    [['--matcher', 'a="x"} or up{b="y"'], /double quotes/],
    [['--matcher', 'a="x",b="y"'], /several matchers: give each/],
    [['--allowed-host', 'https://mesh.example.com'], /write the name alone/],
    [['--base-path', '/a/../b'], /is no path/],
    [['--base-path', '/a?b'], /is no path/],
    [['--host', 'a b'], /is no address/],
    [['--log-level', 'loud'], /use one of fatal, error/],
    [['--demo', '--replay'], /contradicts/],
    [['--no-tap', '--tap-url', 'http://x'], /contradicts --tap-url/],
    [['--no-kubernetes', '--context', 'x'], /contradicts --context/],
    [['--oidc-allowed-group', 'sre'], /--oidc-allowed-group needs --oidc-issuer/],
    [['--oidc-allowed-domain', 'example.com'], /--oidc-allowed-domain needs --oidc-issuer/],
    [['--oidc-client-secret-file', '/s'], /--oidc-client-secret-file needs --oidc-issuer/],
    [['--oidc-scope', 'openid'], /--oidc-scope needs --oidc-issuer/],
    [['--oidc-user-claim', 'sub'], /--oidc-user-claim needs --oidc-issuer/],
    [['--oidc-groups-claim', 'roles'], /--oidc-groups-claim needs --oidc-issuer/],
    [['--role-group', 'tapper=sre'], /needs to know the groups of people: give --oidc-issuer URL/],
    [['--demo=perhaps'], /neither true nor false/],
  ])('refuses %j', (args, message) => {
    expect(mistakesOf([...PROMETHEUS, ...args]).join('\n')).toMatch(message);
  });

  it('never repeats a secret in a mistake', () => {
    const mistakes = mistakesOf([
      '--prometheus',
      'https://me:hunter2@metrics.example.com',
      '--prometheus-header',
      'Host: hunter2',
    ]).join('\n');
    expect(mistakes).toContain('has a password in it');
    expect(mistakes).not.toContain('hunter2');
  });

  it('takes a value that begins with a dash only after =', () => {
    expect(mistakesOf([...PROMETHEUS, '--tap-url', '--port', '1'])).toEqual([
      '--tap-url needs a value: --tap-url URL',
    ]);
  });

  it('answers --help and --version whatever else is wrong', () => {
    expect(read(['--help', '--port', 'x'])).toEqual({ kind: 'help' });
    expect(read(['--version'])).toEqual({ kind: 'version' });
    expect(read(['--demo'])).toEqual({ kind: 'demo' });
    expect(read(['--demo', '--port', 'x'])).toMatchObject({ kind: 'mistakes' });
    expect(read(['--demo', '--prometheus', 'http://p:9090'])).toMatchObject({ kind: 'config' });
  });
});

describe('helpText()', () => {
  it('lists every flag, and the variables by their rule', () => {
    for (const flag of flagsOf(SERVER_FLAGS)) expect(helpText()).toContain(`--${flag.name}`);
    expect(flagsOf(SERVER_FLAGS).map(variableOf)).toContain('LATCHWORK_PROMETHEUS_TOKEN_FILE');
  });
});

describe('a program that is told nothing', () => {
  const alone = (environment: Environment, more: object = {}) =>
    readConfig({
      args: [],
      environment,
      checkFile: (path) => {
        if (!path.startsWith('/home/ann')) throw new Error('no such file');
      },
      ...more,
    });

  it('looks at what kubectl would talk to', () => {
    expect(alone({ HOME: '/home/ann' })).toMatchObject({
      kind: 'config',
      config: { kubernetes: { kubeconfig: null, context: null }, openBrowser: false },
    });
    expect(alone({ HOME: '/root', KUBECONFIG: '/missing:/home/ann/east' })).toMatchObject({ kind: 'config' });
  });

  it('opens the page for somebody who sits in front of it', () => {
    const config = { openBrowser: true };
    expect(alone({ HOME: '/home/ann' }, { hasDesktop: true })).toMatchObject({ config });
    expect(configOf([])).toMatchObject({ openBrowser: false });
  });

  it('says what to name where there is no kubeconfig', () => {
    expect(alone({ HOME: '/elsewhere' })).toMatchObject({ kind: 'mistakes' });
    expect(alone({ HOME: '/home/ann', LATCHWORK_NO_KUBERNETES: 'true' })).toMatchObject({ kind: 'mistakes' });
  });
});
