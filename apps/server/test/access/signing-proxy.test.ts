// Stores that want what no flag has: requests that are signed, tokens that end. The proxies that docs/stores.md names do it,
// made up here with what they change on the way.

import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPrometheusClient } from '../../src/sources/prometheus/client.ts';
import { envelope, type HttpStore, startHttpStore } from '../inputs/http-store.ts';

const NOW = { tier: 'traffic', atSeconds: 1_795_448_830 };
const WORKSPACE = '/workspaces/ws-1';
const HOST = 'aps-workspaces.eu-central-1.amazonaws.com';
const KEY = 'a made-up key';

let store: HttpStore;
beforeEach(async () => {
  store = await startHttpStore();
});
afterEach(() => store.close());

/** Of the body and the host, as SigV4 has them among others. */
function signatureOf(body: string, host: string): string {
  const hash = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', KEY).update(`${host}\n${hash}`).digest('hex');
}

/** Passes a request on with another host, and what `headersFor` adds to it. */
async function startReverseProxy(headersFor: (body: string) => Record<string, string>): Promise<string> {
  const server = createServer(async (asked, answer) => {
    let body = '';
    for await (const piece of asked) body += piece;
    const { host: _host, 'accept-encoding': _encoding, ...headers } = asked.headers as IncomingHttpHeaders;
    const passed = request(
      {
        ...{ host: '127.0.0.1', port: store.port, method: asked.method, path: asked.url },
        headers: { ...headers, ...headersFor(body) },
      },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    passed.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientOf(url: string, more: { tokenFile?: string } = {}) {
  const client = createPrometheusClient({ url, timeoutMs: 2_000, ...more });
  onTestFinished(() => client.close());
  return client;
}

describe('a store that wants signed requests', () => {
  beforeEach(() => {
    store.answer = (response, { form, headers }) => {
      const signature = /Signature=(\w+)$/.exec(headers.authorization ?? '')?.[1];
      if (signature === undefined)
        return response.writeHead(403).end('{"message":"Missing Authentication Token"}');
      if (signature !== signatureOf(form.toString(), HOST))
        return response
          .writeHead(403)
          .end('{"message":"The request signature we calculated does not match"}');
      return response.end(envelope([{ metric: { job: 'x' }, value: [NOW.atSeconds, '1'] }]));
    };
  });

  it('says so when it is asked without the proxy, and what would do it', async () => {
    await expect(clientOf(`${store.url}${WORKSPACE}`).query('up', NOW)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('403: Missing Authentication Token'),
      remedy: expect.stringContaining('docs/stores.md'),
    });
  });

  it('answers through a proxy that signs, below the path of its workspace', async () => {
    const proxy = await startReverseProxy((body) => ({
      host: HOST,
      authorization: `AWS4-HMAC-SHA256 Credential=x, Signature=${signatureOf(body, HOST)}`,
    }));
    expect(await clientOf(`${proxy}${WORKSPACE}`).query('sum(up)', NOW)).toEqual([
      { labels: { job: 'x' }, value: 1 },
    ]);
    expect(store.seen).toMatchObject([
      { method: 'POST', path: `${WORKSPACE}/api/v1/query`, headers: { host: HOST } },
    ]);
  });
});

describe('a store whose tokens end', () => {
  const wanting = (token: () => string) => {
    store.answer = (response, { headers }) =>
      headers.authorization === `Bearer ${token()}`
        ? response.end(envelope([]))
        : response
            .writeHead(401)
            .end('{"error":{"message":"Request had invalid credentials.","status":"UNAUTHENTICATED"}}');
  };

  it('answers through a frontend that renews them', async () => {
    let token = 'first';
    wanting(() => token);
    const client = clientOf(await startReverseProxy(() => ({ authorization: `Bearer ${token}` })));
    expect(await client.query('up', NOW)).toEqual([]);
    token = 'second';
    expect(await client.query('up', NOW)).toEqual([]);
  });

  it('answers again as soon as a job has written a new one into the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchwork-token-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'first\n');
    let token = 'first';
    wanting(() => token);
    const client = clientOf(store.url, { tokenFile });
    expect(await client.query('up', NOW)).toEqual([]);
    token = 'second';
    await expect(client.query('up', NOW)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Request had invalid credentials. (UNAUTHENTICATED)'),
    });
    await writeFile(tokenFile, 'second\n');
    expect(await client.query('up', NOW)).toEqual([]);
  });
});
