import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts');
/** Nobody listens there. */
const NOWHERE = ['--prometheus', 'http://127.0.0.1:9'];

function start(args: readonly string[], { ipc = false, env = {} } = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout?.on('data', (data) => {
    output.out += data;
  });
  child.stderr?.on('data', (data) => {
    output.err += data;
  });
  // A parent that disconnects never hears "close".
  const gone = once(child, ipc ? 'exit' : 'close').then(([code, signal]) => ({ code, signal, ...output }));
  return { child, gone, output };
}

async function urlOf({ child, output }: { child: ChildProcess; output: { out: string } }): Promise<string> {
  while (!output.out.includes('\n')) await once(child.stdout as NodeJS.ReadableStream, 'data');
  return /Latchwork is at (\S+)\n/.exec(output.out)?.[1] ?? `none: ${output.out}`;
}

describe('latchwork', () => {
  it('prints one line with its URL, answers there, and ends on SIGTERM although a page is open', async () => {
    const server = start([...NOWHERE, '--port', '0', '--base-path', '/mesh']);
    const url = await urlOf(server);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mesh\/$/);
    expect((await fetch(`${url}api/about`)).status).toBe(200);
    expect((await fetch(`${url}readyz`)).status).toBe(503);
    const page = new WebSocket(`${url.replace('http', 'ws')}api/live`);
    const greeted = once(page, 'message');
    await greeted;
    page.send(JSON.stringify({ type: 'subscribe', id: '1', topic: 'graph' }));
    await once(page, 'message');

    const began = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.gone).toMatchObject({ code: 0, out: `Latchwork is at ${url}\n` });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('ends with the process that started it', async () => {
    const server = start([...NOWHERE, '--port', '0'], { ipc: true });
    await urlOf(server);
    server.child.disconnect();
    expect(await server.gone).toMatchObject({ code: 0 });
  });

  it('says all that is wrong with its settings, and ends with 2', async () => {
    const { code, err, out } = await start(['--port', 'x', '--at', 'noon']).gone;
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n').length).toBe(3);
  });

  it('says that a port is in use and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { code, err } = await start(NOWHERE, { env: { LATCHWORK_PORT: String(port) } }).gone;
    expect(code).toBe(2);
    expect(err).toContain(`port ${port} on 127.0.0.1 is in use`);
    expect(err).toContain('--port');
  });

  it('prints its help and its version', async () => {
    expect((await start(['--help']).gone).out).toContain('--prometheus URL');
    expect((await start(['--version']).gone).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
