// What we show to the API server, kept fresh: files are read again, a login command runs once for all who wait. Knows no requests.

import { createSecretFile, type SecretFile } from '../../../secret-file.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import type { ClusterConfig, ExecConfig, Material } from './cluster-config.ts';
import { type PluginCredential, runExecPlugin } from './exec-plugin.ts';

export interface Credential {
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
}

export interface Credentials {
  current(): Promise<Credential>;
  /** Call after a 401 with the refused credential. False: there is nothing newer to try. */
  renew(refused: Credential): Promise<boolean>;
}

export interface CredentialsOptions {
  readonly cluster: ClusterConfig;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly pluginTimeoutMs: number;
  readonly onPluginWords: (command: string, words: string) => void;
}

/** A failed login is not tried again sooner than this. */
const FAILED_MS = 2_000;
/** A credential is renewed this long before it ends, so that it does not end on its way. */
const MARGIN_MS = 10_000;

export function createCredentials(options: CredentialsOptions): Credentials {
  const { cluster, now } = options;
  const { user } = cluster;
  const files = new Map<string, SecretFile<string>>();
  let login: Login | null = null;
  let last: Credential | null = null;

  async function read(material: Material | null): Promise<string | null> {
    if (material === null) return null;
    if ('text' in material) return material.text;
    const file = files.get(material.file) ?? createSecretFile(material.file, (text) => text);
    files.set(material.file, file);
    return file.read().catch((cause: Error) => {
      throw unusable(cause, cluster.origin);
    });
  }

  async function plugin(): Promise<PluginCredential | null> {
    const { exec } = user;
    if (exec === null) return null;
    if (login === null || hasFailedLongAgo(login, now())) login = start(exec);
    const mine = login;
    const credential = await mine.result;
    // A clock that is wrong, or a plugin that hands out what is about to end, must not make it run for ever.
    if (!endsSoon(credential, now()) || now() - mine.startedAtMs < FAILED_MS) return credential;
    if (login === mine) login = start(exec);
    return login.result;
  }

  function start(exec: ExecConfig): Login {
    const run = async (): Promise<PluginCredential> =>
      runExecPlugin({
        exec,
        cluster,
        caText: exec.provideClusterInfo ? await read(cluster.ca) : null,
        environment: options.environment,
        timeoutMs: options.pluginTimeoutMs,
        onWords: options.onPluginWords,
      });
    const begun: Login = { startedAtMs: now(), failedAtMs: null, result: run() };
    begun.result.catch(() => {
      begun.failedAtMs = now();
    });
    return begun;
  }

  async function current(): Promise<Credential> {
    const printed = await plugin();
    const token = (await read(user.token))?.trim() || printed?.token || null;
    const next: Credential = {
      headers: headersOf(cluster, token),
      ca: await read(cluster.ca),
      certificate: printed?.certificate ?? (await read(user.certificate)),
      key: printed?.key ?? (await read(user.key)),
    };
    // The same credential stays the same object, so that connections can be kept by it.
    if (last === null || !isSame(last, next)) last = next;
    return last;
  }

  return {
    current,
    async renew(refused) {
      if (last !== null && last !== refused) return true;
      if (login !== null && now() - login.startedAtMs >= FAILED_MS) login = null;
      return (await current()) !== refused;
    },
  };
}

interface Login {
  readonly startedAtMs: number;
  failedAtMs: number | null;
  readonly result: Promise<PluginCredential>;
}

/** Who waits for the same credential shares one failure; the next one after it tries again. */
function hasFailedLongAgo({ failedAtMs }: Login, nowMs: number): boolean {
  return failedAtMs !== null && nowMs - failedAtMs >= FAILED_MS;
}

function endsSoon({ expiresAtMs }: PluginCredential, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs - MARGIN_MS <= nowMs;
}

function headersOf({ user }: ClusterConfig, token: string | null): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  else if (user.password)
    headers['authorization'] =
      `Basic ${Buffer.from(`${user.password.user}:${user.password.password}`).toString('base64')}`;
  if (user.impersonate) {
    headers['impersonate-user'] = user.impersonate.user;
    if (user.impersonate.uid !== null) headers['impersonate-uid'] = user.impersonate.uid;
    if (user.impersonate.groups.length > 0) headers['impersonate-group'] = [...user.impersonate.groups];
    for (const [name, values] of Object.entries(user.impersonate.extra))
      headers[`impersonate-extra-${encodeURIComponent(name.toLowerCase())}`] = [...values];
  }
  return headers;
}

function isSame(a: Credential, b: Credential): boolean {
  return (
    a.ca === b.ca &&
    a.certificate === b.certificate &&
    a.key === b.key &&
    JSON.stringify(a.headers) === JSON.stringify(b.headers)
  );
}

function unusable(cause: Error, origin: string): Error {
  return kubernetesError('unreachable', `${cause.message} (${origin} names it)`, {
    remedy: 'correct the path, or give this user the right to read it',
    cause,
  });
}
