// Runs the login command of a kubeconfig once and reads the credential that it prints. Decides nothing about when.

import { spawn } from 'node:child_process';
import { failureWords } from '../../../network/failure-words.ts';
import { kubernetesError } from '../api/kubernetes-error.ts';
import type { ClusterConfig, ExecConfig } from './cluster-config.ts';
import { isFields } from './kubeconfig-file.ts';

const OUTPUT_LIMIT_BYTES = 1 << 20;
const KILL_AFTER_MS = 2_000;

export interface PluginCredential {
  readonly token: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  /** Unix milliseconds; null: good until the API server refuses it. */
  readonly expiresAtMs: number | null;
}

export interface PluginRun {
  readonly exec: ExecConfig;
  readonly cluster: ClusterConfig;
  /** PEM of the authority, for a plugin that asked for it. */
  readonly caText: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Its standard error, for the log. */
  readonly onWords: (command: string, words: string) => void;
}

export async function runExecPlugin(run: PluginRun): Promise<PluginCredential> {
  if (run.exec.interactiveMode === 'Always')
    throw kubernetesError(
      'refused',
      `the login command ${run.exec.command} needs a terminal, and has none here`,
      {
        remedy: 'sign in with a command that does not ask, or with a token or a service account',
      },
    );
  return parseCredential(await output(run), run.exec);
}

function output({ exec, cluster, caText, environment, timeoutMs, onWords }: PluginRun): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(exec.command, exec.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      ...exec.environment,
      KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(exec, cluster, caText)),
    },
  });
  let printed = '';
  let complaint = '';
  let stopped: string | null = null;
  const stop = (why: string): void => {
    stopped ??= why;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
    // A grandchild may hold the pipes open for ever.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => stop(`did not answer within ${timeoutMs / 1000} s`), timeoutMs);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (printed.length > OUTPUT_LIMIT_BYTES) stop('printed more than 1 MB');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  child.on('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    reject(notStarted(exec, error));
  });
  child.on('close', (code, signal) => {
    clearTimeout(timer);
    // What it says to whoever signs in may hold a secret: never for those who look at the page.
    if (complaint.trim() !== '') onWords(exec.command, complaint.trim());
    if (stopped !== null) reject(failed(exec, stopped, 'timed-out'));
    else if (code === 0) resolve(printed);
    else reject(failed(exec, code === null ? `was ended by ${signal}` : `ended with status ${code}`));
  });
  return promise;
}

function execInfo(exec: ExecConfig, cluster: ClusterConfig, caText: string | null): unknown {
  const told = {
    server: cluster.server,
    ...(cluster.tlsServerName === null ? {} : { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.skipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(cluster.proxyUrl === null ? {} : { 'proxy-url': cluster.proxyUrl }),
    ...(caText === null ? {} : { 'certificate-authority-data': Buffer.from(caText).toString('base64') }),
    ...(exec.clusterSettings === null ? {} : { config: exec.clusterSettings }),
  };
  return {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo ? { cluster: told } : {}) },
  };
}

function notStarted(exec: ExecConfig, error: NodeJS.ErrnoException): Error {
  const missing = error.code === 'ENOENT';
  return kubernetesError(
    'unreachable',
    missing
      ? `the login command ${exec.command} of the kubeconfig is not installed`
      : `the login command ${exec.command} of the kubeconfig cannot be run: ${failureWords(error)}`,
    {
      remedy: exec.installHint ?? `install it, or add its folder to PATH where this server runs`,
      cause: error,
    },
  );
}

function failed(
  exec: ExecConfig,
  what: string,
  kind: 'refused' | 'timed-out' | 'bad-answer' = 'refused',
): Error {
  return kubernetesError(kind, `the login command ${exec.command} ${what}`, {
    remedy:
      'run "kubectl get namespaces" in a terminal where this server runs: it uses the same command, says what is wrong, and may ask to sign in again; the log has its words at --log-level debug',
  });
}

function parseCredential(text: string, exec: ExecConfig): PluginCredential {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw failed(exec, 'printed something that is no JSON', 'bad-answer');
  }
  if (!isFields(answer) || answer['kind'] !== 'ExecCredential' || !isFields(answer['status']))
    throw failed(exec, 'printed something that is no ExecCredential with a status', 'bad-answer');
  if (answer['apiVersion'] !== exec.apiVersion)
    throw failed(
      exec,
      `answers in ${String(answer['apiVersion'])} where the kubeconfig asks for ${exec.apiVersion}`,
      'bad-answer',
    );
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = answer['status'];
  const credential = {
    token: textOrNull(token),
    certificate: textOrNull(clientCertificateData),
    key: textOrNull(clientKeyData),
    expiresAtMs: typeof expirationTimestamp === 'string' ? Date.parse(expirationTimestamp) : null,
  };
  if (credential.token === null && (credential.certificate === null || credential.key === null))
    throw failed(exec, 'printed neither a token nor a certificate with its key', 'bad-answer');
  if (Number.isNaN(credential.expiresAtMs))
    throw failed(exec, 'printed an expirationTimestamp that is no time', 'bad-answer');
  return credential;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
