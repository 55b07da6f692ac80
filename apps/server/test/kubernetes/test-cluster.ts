// A client of the test API server, and the small things that its tests need: folders, login commands, waiting.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createKubernetesClient,
  type KubernetesClient,
  type KubernetesClientOptions,
} from '../../src/sources/kubernetes/api/client.ts';
import type {
  ClusterConfig,
  ExecConfig,
  UserConfig,
} from '../../src/sources/kubernetes/kubeconfig/cluster-config.ts';
import type { TestApiServer } from './api-server.ts';

export const NOBODY: UserConfig = {
  name: 'tester',
  certificate: null,
  key: null,
  token: null,
  password: null,
  exec: null,
  impersonate: null,
};

export function clusterOf(
  api: TestApiServer,
  user: Partial<UserConfig> = { token: { text: 'good' } },
): ClusterConfig {
  return {
    origin: 'test',
    context: 'test',
    server: api.url,
    ca: { text: api.authority.certificate },
    tlsServerName: null,
    proxyUrl: null,
    namespace: null,
    skipTlsVerify: false,
    user: { ...NOBODY, ...user },
  };
}

export function clientOf(
  api: TestApiServer,
  user?: Partial<UserConfig>,
  more: Partial<
    Pick<KubernetesClientOptions, 'now' | 'timeoutMs' | 'pluginTimeoutMs' | 'onPluginWords'>
  > = {},
): KubernetesClient {
  return createKubernetesClient({ cluster: clusterOf(api, user), environment: process.env, ...more });
}

export interface Folder {
  readonly path: string;
  write(name: string, text: string | Buffer): Promise<string>;
  read(name: string): Promise<string>;
  remove(): Promise<void>;
}

export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'latchwork-kube-'));
  return {
    path,
    async write(name, text) {
      await writeFile(join(path, name), text);
      return join(path, name);
    },
    read: (name) => readFile(join(path, name), 'utf8'),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** A login command whose answer is the file `answer.json`; it notes each run, and what it was told. */
export async function makePlugin(folder: Folder, more: Partial<ExecConfig> = {}): Promise<ExecConfig> {
  const script = await folder.write(
    'login.mjs',
    `import { appendFileSync, readFileSync } from 'node:fs';
const folder = ${JSON.stringify(folder.path)};
appendFileSync(folder + '/runs', 'run\\n');
appendFileSync(folder + '/told.json', process.env.KUBERNETES_EXEC_INFO ?? '');
const wait = Number(process.env.WAIT_MS ?? 0);
setTimeout(() => {
  const status = Number(process.env.EXIT ?? 0);
  if (status) { console.error('your session has ended'); process.exit(status); }
  process.stdout.write(readFileSync(folder + '/answer.json', 'utf8'));
}, wait);
`,
  );
  return {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: [script],
    environment: {},
    interactiveMode: 'Never',
    provideClusterInfo: false,
    installHint: null,
    clusterSettings: null,
    ...more,
  };
}

export function credentialText(status: Record<string, unknown>): string {
  return JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status });
}

export async function runsOf(folder: Folder): Promise<number> {
  const text = await folder.read('runs').catch(() => '');
  return text.split('\n').length - 1;
}

/** Waits until `check` holds, for 10 s at most. */
export async function until(check: () => boolean, what: string): Promise<void> {
  const endMs = Date.now() + 10_000;
  while (!check()) {
    if (Date.now() > endMs) throw new Error(`waited 10 s in vain: ${what}`);
    await delay(2);
  }
}
