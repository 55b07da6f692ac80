// The example configurations, run by a real nginx in front of the real app: page, API and live socket under a path.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { buildTestApp } from '../../apps/server/test/build-test-app.ts';
import { findNginx } from '../../scripts/binaries/nginx-binary.ts';
import { startNginx } from '../../scripts/nginx.ts';
import { stopAllChildren } from '../../scripts/processes.ts';

const nginx = await findNginx({ required: Boolean(process.env['CI']), say: console.warn });

const SITE = 'mesh.example.com';
const EXAMPLES: readonly [file: string, args: readonly string[]][] = [
  ['latchwork.conf', ['--base-path', '/latchwork', '--allowed-host', SITE]],
  ['latchwork-prefix.conf', ['--allowed-host', SITE]],
];

const folders: string[] = [];
afterEach(async () => {
  await stopAllChildren();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** nginx with one example, on a free port, in front of the app; resolves with its port. */
async function startBehind(file: string, args: readonly string[]): Promise<number> {
  const app = await buildTestApp({ args });
  const { port: serverPort } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-nginx-'));
  folders.push(folder);
  const site = await readFile(join(import.meta.dirname, '..', 'nginx', file), 'utf8');
  const { port } = await startNginx({
    binary: nginx ?? '',
    folder,
    site,
    serverPort: Number(serverPort),
  });
  return port;
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

/** `fetch` would not let the test choose the name that a browser used. */
function get(port: number, path: string, host = SITE): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host, accept: 'text/html' };
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

function subscribe(port: number, origin: string): Promise<{ type: string; id: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/latchwork/api/live`, {
      headers: { host: SITE },
      origin,
    });
    socket.on('error', reject);
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', topic: 'graph', params: {} })),
    );
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.id !== '1') return;
      socket.terminate();
      resolve(message);
    });
  });
}

describe.skipIf(!nginx).each(EXAMPLES)('nginx with %s', (file, args) => {
  it('shows the page under the path, and what it names', async () => {
    const port = await startBehind(file, args);
    const page = await get(port, '/latchwork/');
    expect(page).toMatchObject({ status: 200 });
    expect(page.body).toContain('<base href="/latchwork/">');
    expect(await get(port, '/latchwork/assets/mark.svg')).toMatchObject({ status: 200 });
    expect(await get(port, '/latchwork/workloads?window=5m')).toMatchObject({ status: 200, body: page.body });
  });

  it('leads to the page from the path without its slash, with the view that was asked for', async () => {
    const port = await startBehind(file, args);
    const { status, location } = await get(port, '/latchwork?window=5m');
    expect(status).toBe(308);
    expect(new URL(location ?? '', `http://${SITE}`)).toMatchObject({
      pathname: '/latchwork/',
      search: '?window=5m',
    });
  });

  it('answers the API, and links its description under the path', async () => {
    const port = await startBehind(file, args);
    expect(JSON.parse((await get(port, '/latchwork/api/graph')).body)).toHaveProperty('edges');
    expect((await get(port, '/latchwork/api/docs')).body).toContain('href="/latchwork/api/docs/style.css"');
    expect(await get(port, '/latchwork/api/docs/style.css')).toMatchObject({ status: 200 });
  });

  it('carries the live socket of its own page, and of no other', async () => {
    const port = await startBehind(file, args);
    expect(await subscribe(port, `http://${SITE}`)).toMatchObject({ type: 'data', id: '1' });
    await expect(subscribe(port, 'http://elsewhere.example.com')).rejects.toThrow('403');
  });

  it('hands over the name that was used, so that a foreign one is refused with the remedy', async () => {
    const port = await startBehind(file, args);
    const { status, body } = await get(port, '/latchwork/', 'elsewhere.example.com');
    expect(status).toBe(403);
    expect(body).toContain('--allowed-host elsewhere.example.com');
  });
});
