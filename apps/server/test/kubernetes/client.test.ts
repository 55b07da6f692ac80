// The client against a real TLS server: every way to sign in, credentials that change, and every way in which no answer comes.

import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import { toUpgradeError } from '../../src/sources/kubernetes/api/status-error.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { createTestApiServer, type TestApiServer } from './api-server.ts';
import { createAuthority } from './certificates.ts';
import { clientOf, credentialText, type Folder, makeFolder, makePlugin, runsOf } from './test-cluster.ts';

const PODS = '/api/v1/pods';
let api: TestApiServer;
let folder: Folder;
let client: KubernetesClient | null = null;

beforeEach(async () => {
  api = await createTestApiServer();
  api.store.create(PODS, []);
  folder = await makeFolder();
});

afterEach(async () => {
  await client?.close();
  client = null;
  await api.close();
  await folder.remove();
});

async function failure(work: Promise<unknown>): Promise<SourceError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceError)) throw new Error(`not a SourceError: ${String(error)}`);
  return error;
}

describe('signing in', () => {
  it('shows a client certificate', async () => {
    const { certificate, key } = api.authority.forClient('ada');
    client = clientOf(api, { certificate: { text: certificate }, key: { text: key } });
    await client.json(PODS);
    expect(api.seen.at(-1)?.user).toBe('ada');
  });

  it('takes a renewed certificate file into use, with new connections', async () => {
    let nowMs = 0;
    const use = async (user: string) => {
      const { certificate, key } = api.authority.forClient(user);
      return {
        certificate: { file: await folder.write('client.crt', certificate) },
        key: { file: await folder.write('client.key', key) },
      };
    };
    client = clientOf(api, await use('ada'), { now: () => nowMs });
    await client.json(PODS);
    await use('grace');
    nowMs = 60_000;
    await client.json(PODS);
    expect(api.seen.map(({ user }) => user)).toEqual(['ada', 'grace']);
    expect(api.seen[0]?.connection).not.toBe(api.seen[1]?.connection);
  });

  it('keeps its connections for one request after another', async () => {
    client = clientOf(api);
    for (let index = 0; index < 20; index += 1) await client.json(PODS);
    expect(new Set(api.seen.map(({ connection }) => connection)).size).toBeLessThanOrEqual(2);
  });

  it('reads a token file again as soon as it changed', async () => {
    const file = await folder.write('token', 'good\n');
    client = clientOf(api, { token: { file } });
    await client.json(PODS);
    api.tokens.clear();
    api.tokens.add('newer');
    await folder.write('token', 'newer\n');
    await client.json(PODS);
    expect(api.seen.map(({ token }) => token)).toEqual(['good', 'newer']);
  });

  it('says who is refused and what to do when there is no newer credential', async () => {
    client = clientOf(api, { token: { text: 'old' } });
    const error = await failure(client.json(PODS));
    expect(error).toMatchObject({ kind: 'refused', status: 401, source: 'kubernetes' });
    expect(error.remedy).toContain('sign in again');
    expect(api.seen).toHaveLength(1);
  });

  it('acts as another user when the kubeconfig says so', async () => {
    client = clientOf(api, {
      token: { text: 'good' },
      impersonate: { user: 'ada', uid: null, groups: ['ops', 'dev'], extra: { 'example.org/Scope': ['a'] } },
    });
    await client.json(PODS);
    expect(api.seen[0]?.headers).toMatchObject({
      'impersonate-user': 'ada',
      'impersonate-group': 'ops, dev',
      'impersonate-extra-example.org%2fscope': 'a',
    });
  });
});

describe('a login command', () => {
  it('runs once for requests that come together, and is told the version and the cluster', async () => {
    await folder.write('answer.json', credentialText({ token: 'good' }));
    const exec = await makePlugin(folder, {
      provideClusterInfo: true,
      clusterSettings: { audience: 'shop' },
      environment: { WAIT_MS: '100' },
    });
    client = clientOf(api, { exec });
    await Promise.all(Array.from({ length: 8 }, () => client?.json(PODS)));
    expect(await runsOf(folder)).toBe(1);
    const told = JSON.parse(await folder.read('told.json'));
    expect(told).toMatchObject({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server: api.url, config: { audience: 'shop' } } },
    });
    expect(Buffer.from(told.spec.cluster['certificate-authority-data'], 'base64').toString()).toBe(
      api.authority.certificate,
    );
  });

  it('may print a certificate instead of a token', async () => {
    const { certificate, key } = api.authority.forClient('ada');
    await folder.write(
      'answer.json',
      credentialText({ clientCertificateData: certificate, clientKeyData: key }),
    );
    client = clientOf(api, { exec: await makePlugin(folder) });
    await client.json(PODS);
    expect(api.seen[0]?.user).toBe('ada');
  });

  it('runs again shortly before its credential ends', async () => {
    let nowMs = Date.parse('2026-11-24T12:00:00Z');
    await folder.write(
      'answer.json',
      credentialText({ token: 'good', expirationTimestamp: '2026-11-24T12:15:00Z' }),
    );
    client = clientOf(api, { exec: await makePlugin(folder) }, { now: () => nowMs });
    await client.json(PODS);
    nowMs += 14 * 60_000;
    await client.json(PODS);
    expect(await runsOf(folder)).toBe(1);
    nowMs += 55_000;
    await client.json(PODS);
    expect(await runsOf(folder)).toBe(2);
  });

  it('runs again after a 401, once for all requests', async () => {
    let nowMs = 0;
    await folder.write('answer.json', credentialText({ token: 'good' }));
    client = clientOf(api, { exec: await makePlugin(folder) }, { now: () => nowMs });
    await client.json(PODS);
    api.tokens.clear();
    api.tokens.add('newer');
    await folder.write('answer.json', credentialText({ token: 'newer' }));
    nowMs = 60_000;
    await Promise.all(Array.from({ length: 6 }, () => client?.json(PODS)));
    expect(await runsOf(folder)).toBe(2);
  });

  it('is not run in a loop when all that it prints is refused', async () => {
    await folder.write('answer.json', credentialText({ token: 'worthless' }));
    client = clientOf(api, { exec: await makePlugin(folder) });
    for (let index = 0; index < 4; index += 1) await failure(client.json(PODS));
    expect(await runsOf(folder)).toBe(1);
  });

  it.each([
    [
      'is missing',
      { command: 'latchwork-no-such-command', installHint: 'get it from example.org' },
      /is not installed/,
      'get it from example.org',
    ],
    ['fails', { environment: { EXIT: '3' } }, /ended with status 3$/, 'kubectl get namespaces'],
    ['needs a terminal', { interactiveMode: 'Always' }, /needs a terminal/, 'sign in'],
  ] as const)('that %s is an error with the remedy', async (_, more, message, remedy) => {
    await folder.write('answer.json', credentialText({ token: 'good' }));
    client = clientOf(api, { exec: await makePlugin(folder, more) });
    const error = await failure(client.json(PODS));
    expect(error.message).toMatch(message);
    expect(error.remedy).toContain(remedy);
  });

  it('has its words in the log alone: they may hold a secret', async () => {
    const heard: string[] = [];
    await folder.write('answer.json', '');
    client = clientOf(
      api,
      { exec: await makePlugin(folder, { environment: { EXIT: '3' } }) },
      { onPluginWords: (_command, words) => heard.push(words) },
    );
    const error = await failure(client.json(PODS));
    expect(heard).toEqual([expect.stringContaining('your session has ended')]);
    expect(inspect(error, { depth: 9 })).not.toContain('your session has ended');
    expect(error.remedy).toContain('--log-level debug');
  });

  it.each([
    ['no JSON', 'login successful', /no JSON/],
    ['no credential', '{"kind":"Pod"}', /no ExecCredential/],
    [
      'another version',
      '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"x"}}',
      /v1beta1/,
    ],
    ['nothing to show', credentialText({}), /neither a token nor a certificate/],
    ['a time that is none', credentialText({ token: 'x', expirationTimestamp: 'soon' }), /no time/],
  ])('that prints %s is an error that says so', async (_, answer, message) => {
    await folder.write('answer.json', answer);
    client = clientOf(api, { exec: await makePlugin(folder) });
    const error = await failure(client.json(PODS));
    expect(error).toMatchObject({ kind: 'bad-answer' });
    expect(error.message).toMatch(message);
  });

  it('that hangs is ended after its time', async () => {
    await folder.write('answer.json', credentialText({ token: 'good' }));
    const exec = await makePlugin(folder, { environment: { WAIT_MS: '60000' } });
    client = clientOf(api, { exec }, { pluginTimeoutMs: 300 });
    expect(await failure(client.json(PODS))).toMatchObject({ kind: 'timed-out' });
  });
});

describe('no answer', () => {
  it('does not trust a certificate of another authority', async () => {
    const other = createAuthority('somebody else');
    client = clientOf({ ...api, authority: other });
    const error = await failure(client.json(PODS));
    expect(error).toMatchObject({ kind: 'refused' });
    expect(error.remedy).toContain('certificate-authority-data');
  });

  it('says that nothing listens', async () => {
    client = clientOf(api);
    await api.close();
    const error = await failure(client.json(PODS));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toBe(`the API server ${api.url} cannot be reached: nothing listens there`);
  });

  it('gives up on a server that says nothing', async () => {
    api.troubles.push(() => true);
    client = clientOf(api, undefined, { timeoutMs: 300 });
    expect(await failure(client.json(PODS))).toMatchObject({ kind: 'timed-out' });
  });

  it('gives up on a server that stops in the middle', async () => {
    api.troubles.push((_, response) => response.writeHead(200).write('{"items":['));
    client = clientOf(api, undefined, { timeoutMs: 300 });
    expect(await failure(client.json(PODS))).toMatchObject({ kind: 'timed-out' });
  });

  it.each([
    [200, '<html>sign in</html>', 'bad-answer', /\/pods answered with a page in HTML$/],
    [200, 'welcome', 'bad-answer', /no JSON/],
    [502, '<html><h1>502 Bad Gateway</h1></html>', 'unreachable', /502 to .*: a page in HTML$/],
    [303, '', 'bad-answer', /answered 303 to .* and leads to https:\/\/login\.example\.com\/$/],
    [
      403,
      '{"message":"pods is forbidden: User \\"ada\\" cannot list resource \\"pods\\""}',
      'refused',
      /cannot list resource "pods"/,
    ],
    [404, '404 page not found', 'bad-answer', /404 to \/api\/v1\/pods: 404 page not found$/],
    [503, 'apiserver not ready', 'unreachable', /apiserver not ready/],
  ] as const)('makes a %i with %s an error of its kind', async (status, body, kind, message) => {
    api.troubles.push((_, response) => {
      response.writeHead(status, status === 303 ? { location: 'https://login.example.com/' } : {}).end(body);
      return true;
    });
    client = clientOf(api);
    const error = await failure(client.json(`${PODS}?limit=1`));
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(message);
  });

  it('tells a proxy that passes no WebSockets from a right that is missing', () => {
    const path = '/api/v1/namespaces/linkerd-viz/pods/prometheus-0/portforward';
    const closed = toUpgradeError(400, 'Bad Request\n', path);
    expect(closed).toMatchObject({ kind: 'unreachable', status: undefined });
    expect(closed.message).toBe(`${path} was answered with 400 instead of a WebSocket: Bad Request`);
    expect(closed.remedy).toContain('--prometheus URL');
    expect(toUpgradeError(403, '', path)).toMatchObject({ kind: 'refused', status: 403 });
  });
});
