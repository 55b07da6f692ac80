// The ways of signing in that the kubeconfig offers, over TLS where the machine can make certificates.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseOptions } from '../options.ts';
import { type Simulator, startSimulator } from '../simulator.ts';

interface Exec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data'?: string };
  }[];
  readonly users: readonly {
    readonly name: string;
    readonly user: {
      readonly token?: string;
      readonly exec?: Exec;
      readonly 'client-certificate-data'?: string;
      readonly 'client-key-data'?: string;
    };
  }[];
}

const run = promisify(execFile);
let folder: string;
let simulator: Simulator | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mesh-sim-test-'));
});

afterEach(async () => {
  await simulator?.close();
  simulator = null;
  await rm(folder, { recursive: true, force: true });
});

async function start(...flags: readonly string[]): Promise<Kubeconfig> {
  const file = join(folder, 'kubeconfig');
  simulator = await startSimulator(parseOptions(['--kubeconfig-file', file, ...flags]), Date.now);
  expect(simulator?.urls.kubeconfig).toBe(file);
  // It holds credentials.
  expect((await stat(file)).mode & 0o077).toBe(0);
  return JSON.parse(await readFile(file, 'utf8'));
}

function userOf({ users }: Kubeconfig, name: string) {
  const found = users.find((one) => one.name === name);
  if (!found) throw new Error(`no user ${name} in the kubeconfig`);
  return found.user;
}

async function turn(path: string): Promise<void> {
  expect((await fetch(`${simulator?.urls.control}${path}`, { method: 'POST' })).status).toBe(200);
}

async function login({ command, args, env }: Exec) {
  const environment = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const { stdout } = await run(command, args, { env: { ...process.env, ...environment } });
  return JSON.parse(stdout) as {
    kind: string;
    status: { token: string; expirationTimestamp: string };
  };
}

function podsStatus(server: string, token: string): Promise<number> {
  return fetch(`${server}/api/v1/pods`, { headers: { authorization: `Bearer ${token}` } }).then(
    ({ status }) => status,
  );
}

describe('the kubeconfig', () => {
  it('has a token, and a login command whose tokens end', async () => {
    const config = await start();
    const server = config.clusters[0]?.cluster.server ?? '';
    expect(server).toBe(simulator?.urls.kubernetes);
    expect(await podsStatus(server, userOf(config, 'viewer').token ?? '')).toBe(200);
    const { exec } = userOf(config, 'viewer-login');
    if (!exec) throw new Error('no login command');
    await turn('/login?seconds=1');
    const { kind, status } = await login(exec);
    expect(kind).toBe('ExecCredential');
    expect(Date.parse(status.expirationTimestamp)).toBeGreaterThan(Date.now() - 1_000);
    expect(await podsStatus(server, status.token)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await podsStatus(server, status.token)).toBe(401);
    await turn('/login?mode=refuse');
    await expect(login(exec)).rejects.toThrow(/cannot sign in at .*: the control door answered 503/);
  });

  it('has an authority and a client certificate when the server speaks TLS', async ({ skip }) => {
    const config = await start('--tls').catch((error: Error) => {
      if (error.message.startsWith('openssl was not found')) return skip(error.message);
      throw error;
    });
    const { cluster } = config.clusters[0] ?? {};
    const decode = (text: string | undefined) => Buffer.from(text ?? '', 'base64').toString();
    const user = userOf(config, 'viewer-certificate');
    const options = {
      ca: decode(cluster?.['certificate-authority-data']),
      cert: decode(user['client-certificate-data']),
      key: decode(user['client-key-data']),
    };
    const url = `${cluster?.server}/apis/authentication.k8s.io/v1/selfsubjectreviews`;
    expect(url).toMatch(/^https:/);
    expect(await post(url, options)).toMatchObject({
      status: { userInfo: { username: 'viewer@ferryline.example' } },
    });
    expect(await post(url, { ca: options.ca })).toMatchObject({ code: 401 });
    await expect(post(url, {})).rejects.toThrow(/certificate/);
  });
});

function post(url: string, options: RequestOptions): Promise<object> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, method: 'POST', agent: false }, async (answer) => {
      let text = '';
      for await (const piece of answer) text += piece;
      resolve(JSON.parse(text));
    });
    sent.once('error', reject);
    sent.end('{}');
  });
}
