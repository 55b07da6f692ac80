import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { buildTestApp, LOCAL } from '../build-test-app.ts';
import { guardedApp, TOKEN } from '../embed/embed-parts.ts';

const FORM = { ...LOCAL, 'content-type': 'application/x-www-form-urlencoded' };

function logIn(app: FastifyInstance, token: string, next = '', headers = {}) {
  const payload = new URLSearchParams({ token, next }).toString();
  return app.inject({ method: 'POST', url: '/login', payload, headers: { ...FORM, ...headers } });
}

describe('with a token file', () => {
  it('nothing but probes is answered without the token', async () => {
    const { app } = await guardedApp();
    for (const [url, status] of [
      ['/healthz', 200],
      ['/readyz', 200],
      ['/', 401],
      ['/api/graph', 401],
      ['/api/docs', 401],
      ['/metrics', 401],
    ] as const)
      expect([url, (await app.inject({ url, headers: LOCAL })).statusCode]).toEqual([url, status]);
  });

  it('a script sends it as a bearer token', async () => {
    const { app } = await guardedApp();
    const get = (authorization: string) =>
      app.inject({ url: '/api/graph', headers: { ...LOCAL, authorization } });
    expect((await get(`Bearer ${TOKEN}`)).statusCode).toBe(200);
    for (const wrong of [
      TOKEN,
      `Bearer ${TOKEN}x`,
      'Bearer ',
      `Basic ${TOKEN}`,
      `Bearer ${TOKEN.slice(0, -1)}`,
    ])
      expect((await get(wrong)).statusCode).toBe(401);
    const socket = await app.injectWS('/api/live', {
      headers: { ...LOCAL, authorization: `Bearer ${TOKEN}` },
    });
    socket.terminate();
    await expect(app.injectWS('/api/live', { headers: LOCAL })).rejects.toThrow('401');
  });

  it('a reader logs in, and comes to the page that was asked for', async () => {
    const { app } = await guardedApp();
    const form = await app.inject({ url: '/?namespace=shop', headers: { ...LOCAL, accept: 'text/html' } });
    expect(form.statusCode).toBe(401);
    expect(form.body).toContain('value="?namespace=shop"');
    // With no-referrer a browser would post the form with the origin "null".
    expect(form.headers['referrer-policy']).toBe('same-origin');
    const answer = await logIn(app, ` ${TOKEN} `, '?namespace=shop');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/?namespace=shop']);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(TOKEN);
    const page = await app.inject({
      url: '/api/graph',
      headers: { ...LOCAL, cookie: cookie.split(';')[0] ?? '' },
    });
    expect(page.statusCode).toBe(200);
  });

  it('the cookie is for TLS alone where there is TLS', async () => {
    const { app } = await guardedApp();
    const answer = await logIn(app, TOKEN, '', { 'x-forwarded-proto': 'https' });
    expect(String(answer.headers['set-cookie'])).toMatch(/; Secure$/);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '?a\r\nSet-Cookie: x=y',
    'javascript:alert(1)',
  ])('a login leads nowhere else: %j', async (next) => {
    const { app } = await guardedApp();
    const { headers } = await logIn(app, TOKEN, next);
    expect(headers.location).toBe('/');
    expect(JSON.stringify(headers)).not.toContain('x=y');
  });

  it('a wrong token is refused, and so is trying many, and a form on another site', async () => {
    const { app } = await guardedApp();
    const wrong = await logIn(app, 'guess', '"><script>');
    expect([wrong.statusCode, wrong.headers['set-cookie']]).toEqual([401, undefined]);
    expect(wrong.body).toContain('no token of this server');
    expect(wrong.body).not.toContain('<script>');
    expect((await logIn(app, TOKEN, '', { origin: 'https://evil.example' })).statusCode).toBe(403);
    const answers = await Promise.all(Array.from({ length: 30 }, () => logIn(app, 'guess')));
    expect(answers.at(-1)?.statusCode).toBe(429);
  });
});

it('without a token file there is no login', async () => {
  const app = await buildTestApp();
  expect((await logIn(app, TOKEN)).statusCode).toBe(404);
});
