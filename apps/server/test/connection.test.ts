import { describe, expect, it } from 'vitest';
import { buildTestApp } from './build-test-app.ts';

const HTML = { accept: 'text/html,*/*' };

describe('GET /debug/connection', () => {
  it('says that all is well on loopback', async () => {
    const app = await buildTestApp();
    const { checks, publicPath } = (await app.inject('/debug/connection')).json();
    expect(checks.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
    expect(publicPath).toBe('/');
  });

  it('says it to people in sentences', async () => {
    const app = await buildTestApp();
    const { body } = await app.inject({ url: '/debug/connection', headers: HTML });
    expect(body).toContain('. This server answers to that name.');
    expect(body).not.toMatch(/\. [a-z]/);
  });

  it('answers a host that is not allowed, with the setting that would allow it, and nothing else there does', async () => {
    const app = await buildTestApp();
    const headers = { host: 'mesh.example.com' };
    const answer = await app.inject({ url: '/debug/connection', headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().checks[0]).toMatchObject({
      what: 'Host',
      arrived: 'mesh.example.com',
      ok: false,
      fix: '--allowed-host mesh.example.com',
    });
    expect((await app.inject({ url: '/api/graph', headers })).statusCode).toBe(403);
  });

  it('shows an origin that the socket would refuse, and a host that the proxy replaced', async () => {
    const app = await buildTestApp();
    const headers = {
      host: 'localhost',
      origin: 'https://wiki.example.com',
      'x-forwarded-host': 'mesh.example.com',
    };
    const { checks } = (await app.inject({ url: '/debug/connection', headers })).json();
    expect(checks.map(({ fix }: { fix: string | null }) => fix)).toEqual([
      null,
      '--allowed-host wiki.example.com',
      '--allowed-host mesh.example.com',
      null,
    ]);
  });

  it('says where links lead behind a proxy that takes a prefix off', async () => {
    const app = await buildTestApp();
    const headers = { 'x-forwarded-prefix': '/mesh' };
    expect((await app.inject({ url: '/debug/connection', headers })).json().publicPath).toBe('/mesh');
  });

  it('is a page for people, with everything escaped and no secret repeated', async () => {
    const app = await buildTestApp();
    const headers = { ...HTML, host: '<script>', cookie: 'secret=1', authorization: 'Bearer secret' };
    const { body } = await app.inject({ url: '/debug/connection', headers });
    expect(body).toContain('<h1>');
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('secret');
  });
});
