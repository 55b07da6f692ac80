// What waits to be read is let go of with its reader, whenever that reader left.

import { connect } from 'node:net';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unreadPlugin } from '../src/plugins/unread.ts';

/** Below the bound of one who asks; two are above it, and six above that of all. */
const LARGE = 'x'.repeat(9 * 1024 * 1024);

async function withSlowAnswers() {
  const slow: (() => void)[] = [];
  const app = Fastify();
  onTestFinished(() => app.close());
  await app.register(unreadPlugin);
  app.get('/slow', () => new Promise((resolve) => slow.push(() => resolve(LARGE))));
  app.get('/never', () => new Promise(() => undefined));
  app.get('/large', async () => LARGE);
  app.get('/shared', { config: { isShared: true } }, async () => LARGE);
  app.get('/small', async () => 'x');
  app.addHook('onRequest', async (request) => {
    request.viewer = { id: request.headers['x-user'] ?? '' } as never;
  });
  const sent: string[] = [];
  app.addHook('onSend', async ({ url }) => void sent.push(url));
  const left: string[] = [];
  app.addHook('onRequestAbort', async ({ url }) => void left.push(url));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, slow, sent, left };
}

async function send(url: string, paths: readonly string[], user = 'jane') {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined).pause();
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(
    paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-User: ${user}\r\n\r\n`).join(''),
  );
  return socket;
}

/** Read to its end. */
async function read(url: string) {
  const answer = await fetch(url, { headers: { 'x-user': 'jane' } });
  return { status: answer.status, length: (await answer.text()).length };
}

const WHOLE = { status: 200, length: LARGE.length };

describe('an answer that is held until it is read', () => {
  it.each([{ before: [] }, { before: ['/never'] }])(
    'is not held when its reader left before it was made, after $before',
    async ({ before }) => {
      const { url, slow, sent, left } = await withSlowAnswers();
      const USERS = ['ann', 'bob', 'cy', 'dot', 'eve', 'fay'];
      for (const [i, user] of USERS.entries()) {
        const socket = await send(url, [...before, '/slow'], user);
        await expect.poll(() => slow.length).toBe(i + 1);
        socket.destroy();
        await expect.poll(() => left.filter((each) => each === '/slow').length).toBe(i + 1);
        slow[i]?.();
        await expect.poll(() => sent.length).toBe(i + 1);
      }
      expect(await read(`${url}/large`)).toEqual(WHOLE);
    },
  );

  it('is let go of with its connection, also where it waits for the one before it', async () => {
    const { url, slow, sent } = await withSlowAnswers();
    const socket = await send(url, ['/slow', '/large']);
    await expect.poll(() => sent).toEqual(['/large']);
    expect((await read(`${url}/large`)).status).toBe(503);
    socket.destroy();
    await expect.poll(() => read(`${url}/large`)).toEqual(WHOLE);
    expect(slow.length).toBe(1);
  });

  it('is nobody’s where all read the same memory', async () => {
    const { url, sent } = await withSlowAnswers();
    await send(url, ['/slow', '/large']);
    await expect.poll(() => sent).toEqual(['/large']);
    expect(await read(`${url}/shared`)).toEqual(WHOLE);
    await send(url, ['/slow', '/shared', '/shared', '/shared'], 'ann');
    await expect.poll(() => sent.filter((each) => each === '/shared').length).toBe(4);
    expect((await fetch(`${url}/large`, { headers: { 'x-user': 'ann' } })).status).toBe(200);
  });

  it('is no burden to a connection that is used again, or asked for eight at once', async () => {
    const { url, sent } = await withSlowAnswers();
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on('warning', warn);
    onTestFinished(() => void process.off('warning', warn));
    for (let i = 0; i < 20; i++) expect(await read(`${url}/large`)).toEqual(WHOLE);
    await send(url, ['/slow', ...Array.from({ length: 7 }, () => '/small')]);
    await expect.poll(() => sent.filter((each) => each === '/small').length).toBe(7);
    expect(warnings).toEqual([]);
  });
});
