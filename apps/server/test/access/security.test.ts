import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildTestApp } from '../build-test-app.ts';

const HTML = { accept: 'text/html,*/*' };

describe('the Host of a request', () => {
  it.each(['localhost', 'localhost:8470', '127.0.0.1:1', '[::1]:8470', 'LOCALHOST', 'localhost.:8470'])(
    'may be %s',
    async (host) => {
      const app = await buildTestApp();
      expect((await app.inject({ url: '/api/graph', headers: { host } })).statusCode).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8470',
    '10.0.0.1',
    'a b',
    'localhost@evil.example',
  ])('may not be %s, but for probes', async (host) => {
    const app = await buildTestApp();
    for (const url of ['/', '/api/graph', '/nothing'])
      expect((await app.inject({ url, headers: { host } })).statusCode).toBe(403);
  });

  it.each(['10.0.5.23:30080', 'health.check.internal', ''])(
    'may be anything for the probes of a load balancer, such as %j',
    async (host) => {
      const app = await buildTestApp({ args: ['--base-path', '/mesh'] });
      for (const url of ['/healthz', '/readyz', '/metrics', '/mesh/healthz', '/mesh/readyz'])
        expect((await app.inject({ url, headers: { host } })).statusCode).toBe(200);
    },
  );

  it('may be missing where a probe speaks HTTP/1.0', async () => {
    const app = await buildTestApp();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.0\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('is refused with the setting that would allow it', async () => {
    const app = await buildTestApp();
    const answer = await app.inject({ url: '/', headers: { ...HTML, host: 'mesh.example.com:8470' } });
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('--allowed-host mesh.example.com');
    expect(answer.body).toContain('LATCHWORK_ALLOWED_HOST=mesh.example.com');
    const json = await app.inject({ url: '/api/graph', headers: { host: 'mesh.example.com' } });
    expect(json.json().remedy).toContain('--allowed-host mesh.example.com');
  });

  it('is escaped in that answer', async () => {
    const app = await buildTestApp();
    const answer = await app.inject({ url: '/', headers: { ...HTML, host: '<script>alert(1)</script>' } });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).not.toContain('<script>');
  });

  it('may be what --allowed-host names, with its port when one is named', async () => {
    const app = await buildTestApp({
      args: ['--allowed-host', 'Mesh.Example.com', '--allowed-host', 'wiki.example.com:8443'],
    });
    for (const [host, status] of [
      ['mesh.example.com', 200],
      ['mesh.example.com:443', 200],
      ['mesh.example.com:9000', 403],
      ['wiki.example.com:8443', 200],
      ['wiki.example.com', 403],
      ['sub.mesh.example.com', 403],
    ] as const)
      expect((await app.inject({ url: '/api/graph', headers: { host } })).statusCode).toBe(status);
  });

  it('may be the address listened on', async () => {
    const app = await buildTestApp({ args: ['--host', '192.0.2.7'] });
    expect((await app.inject({ url: '/api/graph', headers: { host: '192.0.2.7:8470' } })).statusCode).toBe(
      200,
    );
    expect((await app.inject({ url: '/api/graph', headers: { host: '192.0.2.8:8470' } })).statusCode).toBe(
      403,
    );
  });

  it('may be the address of this machine when all interfaces are listened on, but no other name', async () => {
    const app = await buildTestApp({ args: ['--host', '0.0.0.0'] });
    const url = await app.listen({ host: '127.0.0.2', port: 0 });
    expect((await fetch(`${url}/api/graph`)).status).toBe(200);
    expect((await app.inject({ url: '/api/graph', headers: { host: '192.0.2.8' } })).statusCode).toBe(403);
  });
});

describe('the Origin of a socket', () => {
  const upgrade = (origin: string | undefined, host = 'localhost:8470') => ({
    headers: { host, ...(origin === undefined ? {} : { origin }) },
  });

  it.each([undefined, 'http://localhost:8470', 'http://LOCALHOST:8470'])('may be %s', async (origin) => {
    const app = await buildTestApp();
    const socket = await app.injectWS('/api/live', upgrade(origin));
    socket.terminate();
  });

  it.each([
    'http://evil.example',
    'http://localhost:3000',
    'https://localhost',
    'null',
    'file://',
    'http://localhost:8470.evil.example',
  ])('may not be %s', async (origin) => {
    const app = await buildTestApp();
    await expect(app.injectWS('/api/live', upgrade(origin))).rejects.toThrow('403');
  });

  it('is nobody’s in a sandbox, and no name is advised that would let it in', async () => {
    const app = await buildTestApp();
    const { host } = upgrade(undefined).headers;
    const answer = await app.inject({ method: 'POST', url: '/logout', headers: { host, origin: 'null' } });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('allow-same-origin');
    expect(answer.body).not.toContain('--allowed-host');
  });

  it('is refused for good: the connection is not kept, as a proxy in front would like', async () => {
    const app = await buildTestApp();
    const { host, port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const proxy = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void proxy.destroy());
    let answer = '';
    proxy.on('data', (data) => {
      answer += data;
    });
    proxy.write(
      `GET /api/live HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://evil.example\r\nConnection: upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
    );
    await once(proxy, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('--allowed-host evil.example');
  });

  it('may be another host that is allowed by name, as behind a proxy that rewrites Host', async () => {
    const app = await buildTestApp({ args: ['--allowed-host', 'mesh.example.com'] });
    const socket = await app.injectWS('/api/live', upgrade('https://mesh.example.com'));
    socket.terminate();
    const own = await app.injectWS('/api/live', upgrade('https://mesh.example.com', 'mesh.example.com'));
    own.terminate();
  });
});

describe('the headers of every answer', () => {
  it.each(['/', '/api/graph', '/api/docs', '/nothing', '/assets/mark.svg'])('protect %s', async (url) => {
    const app = await buildTestApp();
    const { headers } = await app.inject(url);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|upgrade-insecure/);
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
  });

  it('are on refusals too', async () => {
    const app = await buildTestApp();
    const { headers } = await app.inject({ url: '/', headers: { host: 'evil.example', ...HTML } });
    expect(String(headers['content-security-policy'])).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
