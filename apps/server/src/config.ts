// Flags and environment → Config, with every mistake found at once. The only place that knows what a setting may be.

import { join } from 'node:path';
import { MOMENT_ALLOWED, momentSeconds } from '@latchwork/shared/moment';
import { type Given, type Mistake, readFlagValues } from './flag-values.ts';
import { parseAllowedHost, parseHeader, parseMatcher, parseOrigin } from './setting-syntax.ts';
import { SERVICE_ACCOUNT_FOLDER } from './sources/kubernetes/kubeconfig/cluster-config.ts';

export interface PrometheusConfig {
  /** Null: the one of linkerd-viz, reached through the API server. */
  readonly url: string | null;
  readonly user: string | null;
  readonly passwordFile: string | null;
  readonly tokenFile: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly caFile: string | null;
  readonly matchers: readonly string[];
}

/** Null stands for what kubectl would take; in a cluster, for the service account of this pod. */
export interface KubernetesConfig {
  readonly kubeconfig: string | null;
  readonly context: string | null;
}

export interface EmbedConfig {
  /** Origins, as browsers write them. */
  readonly ancestors: readonly string[];
  readonly keyFile: string | null;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Empty, or a path with a leading and without a trailing slash. */
  readonly basePath: string;
  readonly allowedHosts: readonly string[];
  /** Null: whoever reaches the server may see it. */
  readonly accessTokenFile: string | null;
  readonly embed: EmbedConfig;
  readonly prometheus: PrometheusConfig;
  /** Null: Kubernetes is not asked. */
  readonly kubernetes: KubernetesConfig | null;
  readonly tapUrl: string | null;
  readonly tapOff: boolean;
  /** Unix seconds; null is now. */
  readonly atSeconds: number | null;
  readonly latencyTargetMs: number;
  readonly mode: 'live' | 'demo' | 'replay';
  readonly logLevel: string;
  readonly openBrowser: boolean;
  readonly exitWithParent: boolean;
}

export type ConfigResult =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[] }
  | { readonly kind: 'config'; readonly config: Config };

export interface ConfigInput {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Throws when the file cannot be read. */
  readonly checkFile: (path: string) => void;
}

const CONTRADICTIONS = [
  ['demo', 'replay'],
  ['no-tap', 'tap-url'],
  ['no-kubernetes', 'kubeconfig'],
  ['no-kubernetes', 'context'],
] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

export function readConfig({ args, environment, checkFile }: ConfigInput): ConfigResult {
  const values = readFlagValues(args, environment);
  const mistakes = [...values.mistakes];
  const { given } = values;

  function one<T>(name: string, fallback: T, parse: (text: string) => T): T {
    const value = given.get(name)?.at(-1);
    return value ? attempt(value, fallback, parse) : fallback;
  }
  function many<T>(name: string, parse: (text: string) => T): T[] {
    return (given.get(name) ?? []).flatMap((value) => attempt<T[]>(value, [], (text) => [parse(text)]));
  }
  function attempt<T>({ where, text }: Given, fallback: T, parse: (text: string) => T): T {
    try {
      return parse(text);
    } catch (error) {
      mistakes.push({ where, message: (error as Error).message });
      return fallback;
    }
  }
  function file(text: string): string {
    try {
      checkFile(text);
      return text;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new Error(`"${text}" cannot be read (${code ?? message}): name a file that this user may read`);
    }
  }

  function canRead(path: string): boolean {
    try {
      checkFile(path);
      return true;
    } catch {
      return false;
    }
  }

  if (given.has('help')) return { kind: 'help' };
  if (given.has('version')) return { kind: 'version' };

  const names = new Set(given.keys());
  const isInCluster =
    Boolean(environment['KUBERNETES_SERVICE_HOST']) && canRead(join(SERVICE_ACCOUNT_FOLDER, 'token'));
  const kubernetes: KubernetesConfig | null = wantsKubernetes(names, isInCluster)
    ? {
        kubeconfig: one<string | null>('kubeconfig', null, (text) => text),
        context: one<string | null>('context', null, (text) => text),
      }
    : null;
  if (!given.has('prometheus') && kubernetes === null)
    mistakes.push({
      where: '--prometheus',
      message:
        'is missing: say where Prometheus is, such as --prometheus http://127.0.0.1:9090, or which cluster to look at with --kubeconfig FILE or --context NAME; npm start without flags shows a demo',
    });
  const prometheus: PrometheusConfig = {
    url: one<string | null>('prometheus', null, parseUrl),
    user: one<string | null>('prometheus-user', null, (text) => text),
    passwordFile: one<string | null>('prometheus-password-file', null, file),
    tokenFile: one<string | null>('prometheus-token-file', null, file),
    headers: Object.fromEntries(many('prometheus-header', parseHeader)),
    caFile: one<string | null>('prometheus-ca-file', null, file),
    matchers: many('matcher', parseMatcher),
  };
  checkCredentials(names, mistakes);
  for (const [flag, other] of CONTRADICTIONS)
    if (names.has(flag) && names.has(other))
      mistakes.push({ where: `--${flag}`, message: `contradicts --${other}: leave one of them out` });

  const config: Config = {
    host: one('host', '127.0.0.1', parseAddress),
    port: one('port', 8470, (text) => parseInteger(text, 0, 65_535)),
    basePath: one('base-path', '', parseBasePath),
    allowedHosts: many('allowed-host', parseAllowedHost),
    accessTokenFile: one<string | null>('access-token-file', null, file),
    embed: {
      ancestors: many('embed-ancestor', parseOrigin),
      keyFile: one<string | null>('embed-key-file', null, file),
    },
    prometheus,
    kubernetes,
    tapOff: given.has('no-tap'),
    tapUrl: one<string | null>('tap-url', null, parseUrl),
    atSeconds: one<number | null>('at', null, parseMoment),
    latencyTargetMs: one('latency-target-ms', 1000, (text) => parseInteger(text, 1, 3_600_000)),
    mode: given.has('demo') ? 'demo' : given.has('replay') ? 'replay' : 'live',
    logLevel: one('log-level', 'warn', parseLogLevel),
    openBrowser: given.has('open'),
    exitWithParent: given.has('exit-with-parent'),
  };
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'config', config };
}

/** What runs in a pod was most likely put there to look at its cluster; what shows invented or recorded data was not. */
function wantsKubernetes(given: ReadonlySet<string>, isInCluster: boolean): boolean {
  if (given.has('no-kubernetes')) return false;
  if (given.has('kubeconfig') || given.has('context')) return true;
  return isInCluster && !given.has('demo') && !given.has('replay');
}

function checkCredentials(given: ReadonlySet<string>, mistakes: Mistake[]): void {
  if (given.has('prometheus-user') && !given.has('prometheus-password-file'))
    mistakes.push({
      where: '--prometheus-user',
      message: 'needs a password: add --prometheus-password-file FILE',
    });
  if (given.has('prometheus-password-file') && !given.has('prometheus-user'))
    mistakes.push({
      where: '--prometheus-password-file',
      message: 'needs a user: add --prometheus-user NAME',
    });
  if (given.has('prometheus-token-file') && given.has('prometheus-user'))
    mistakes.push({
      where: '--prometheus-token-file',
      message: 'contradicts --prometheus-user: use a token or a user with password, not both',
    });
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(text))
    throw new Error(`"${text}" is no URL: write it with its scheme, such as http://127.0.0.1:9090`);
  if (url.username || url.password)
    throw new Error(
      `"${url.protocol}//…@${url.host}" has a password in it: use --prometheus-user and --prometheus-password-file`,
    );
  if (url.search || url.hash)
    throw new Error(`"${text}" has a ${url.search ? 'query' : 'fragment'}: give the URL up to its path only`);
  return url.href.replace(/\/+$/, '');
}

function parseInteger(text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new Error(`"${text}" is not a whole number from ${min} to ${max}`);
  return value;
}

function parseAddress(text: string): string {
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  if (!/^[A-Za-z0-9.:_-]+$/.test(bare))
    throw new Error(
      `"${text}" is no address: use an IP address or a host name, such as 0.0.0.0 for all interfaces`,
    );
  return bare;
}

function parseBasePath(text: string): string {
  const path = `/${text.replace(/^\/+|\/+$/g, '')}`;
  if (
    !/^(\/[A-Za-z0-9._~-]+)*\/?$/.test(path) ||
    path.split('/').some((part) => part === '.' || part === '..')
  )
    throw new Error(
      `"${text}" is no path: use letters, digits and - . _ ~ between slashes, such as /latchwork`,
    );
  return path === '/' ? '' : path;
}

function parseMoment(text: string): number {
  const seconds = momentSeconds(text);
  if (seconds === null) throw new Error(`"${text}" is no moment: use ${MOMENT_ALLOWED}`);
  return seconds;
}

function parseLogLevel(text: string): string {
  if (!LOG_LEVELS.includes(text))
    throw new Error(`"${text}" is no log level: use one of ${LOG_LEVELS.join(', ')}`);
  return text;
}
