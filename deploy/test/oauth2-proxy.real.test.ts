// The recipe for oauth2-proxy, run by a real nginx: who is logged in is who oauth2-proxy says, and nobody's own word.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { buildTestApp } from '../../apps/server/test/build-test-app.ts';
import { findNginx } from '../../scripts/binaries/nginx-binary.ts';
import { startNginx } from '../../scripts/nginx.ts';
import { stopAllChildren } from '../../scripts/processes.ts';

const nginx = await findNginx({ required: Boolean(process.env['CI']), say: console.warn });
const SITE = 'mesh.example.com';

afterEach(stopAllChildren);

/** Answers as oauth2-proxy documents it: 202 with headers for a session of its own, 401 without, and its page. */
async function startAuthProxy(): Promise<number> {
  const server = createServer((asked, response) => {
    if (asked.url !== '/oauth2/auth') response.writeHead(403).end('sign in here');
    else if (/_oauth2_proxy=jane/.test(asked.headers.cookie ?? ''))
      response
        .writeHead(202, {
          'x-auth-request-email': 'jane@example.com',
          'x-auth-request-groups': 'sales,platform',
        })
        .end();
    else response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function startBehind() {
  const app = await buildTestApp({
    args: [
      ...['--allowed-host', SITE, '--trusted-proxy', '127.0.0.1', '--user-header', 'X-Forwarded-User'],
      ...['--groups-header', 'X-Forwarded-Groups', '--role-group', 'tapper=platform'],
    ],
  });
  const { port: serverPort } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-oauth2-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const recipe = await readFile(
    join(import.meta.dirname, '..', 'nginx', 'latchwork-oauth2-proxy.conf'),
    'utf8',
  );
  const authPort = await startAuthProxy();
  const { port } = await startNginx({
    binary: nginx ?? '',
    folder,
    site: recipe.replace('server 127.0.0.1:4180;', `server 127.0.0.1:${authPort};`),
    serverPort: Number(serverPort),
  });
  return port;
}

const JANE = { cookie: '_oauth2_proxy=jane' };
const FORGED = { 'x-forwarded-user': 'admin@example.com', 'x-forwarded-groups': 'platform' };

function get(port: number, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers: { host: SITE, ...headers } }, answer);
    asked.on('error', reject).end();
    function answer(response: IncomingMessage) {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }
  });
}

describe.skipIf(!nginx)('nginx with latchwork-oauth2-proxy.conf', () => {
  it('shows the mesh to whoever is logged in, by name and groups', async () => {
    const port = await startBehind();
    const about = JSON.parse((await get(port, '/api/about', JANE)).body);
    expect(about.viewer).toEqual({ name: 'jane@example.com', role: 'tapper', canLogOut: false });
    expect((await get(port, '/', JANE)).status).toBe(200);
  });

  it('sends everybody else to sign in, whoever they say they are', async () => {
    const port = await startBehind();
    for (const headers of [{}, FORGED]) {
      const { body } = await get(port, '/api/graph', headers);
      expect(body).toBe('sign in here');
    }
    const both = JSON.parse((await get(port, '/api/about', { ...JANE, ...FORGED })).body);
    expect(both.viewer.name).toBe('jane@example.com');
  });

  it('leaves pictures to signed links: a forged name opens none', async () => {
    const port = await startBehind();
    expect((await get(port, '/embed/graph.svg', FORGED)).status).toBe(401);
    expect((await get(port, '/embed/graph.svg', { ...JANE, ...FORGED })).status).toBe(401);
  });

  it('carries the live socket of whoever is logged in', async () => {
    const port = await startBehind();
    const open = (headers: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, {
          headers: { host: SITE, ...headers },
          origin: `http://${SITE}`,
        });
        socket.on('error', (error) => resolve(error.message));
        socket.on('message', (data) => {
          socket.terminate();
          resolve(JSON.parse(String(data)).about.viewer.name);
        });
      });
    expect(await open(JANE)).toBe('jane@example.com');
    expect(await open(FORGED)).toMatch(/403/);
  });
});
