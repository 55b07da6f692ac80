// Nothing that comes from outside puts the server out of service: what anybody may have of it, and what is left for others.

import { connect } from 'node:net';
import type { Graph } from '@latchwork/shared/graph';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAnswers } from '../../src/feeds/answers.ts';
import { buildTestApp, LOCAL } from '../build-test-app.ts';
import { guardedApp, linkTo, NOW_MS, neighbourly, TOKEN } from '../embed/embed-parts.ts';
import { answersOf, createFakeSource, graphOf } from '../inputs/fake-mesh.ts';

const BEARER = { ...LOCAL, authorization: `Bearer ${TOKEN}` };
const guess = (i: number) => ({ ...LOCAL, authorization: `Bearer guess-number-${i}-of-a-stranger` });

function times<T>(count: number, ask: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => ask(i)));
}

describe('a flood of requests', () => {
  it('never limits probes, and metrics never for who may read them', async () => {
    const { app } = await guardedApp();
    const flood = await times(6_100, () => app.inject({ url: '/api/graph', headers: LOCAL }));
    expect(flood.at(-1)?.statusCode).toBe(429);
    expect(flood.at(-1)?.headers['retry-after']).toBe('1');
    for (const url of ['/healthz', '/readyz'])
      expect([url, (await app.inject({ url, headers: { host: '10.0.0.9' } })).statusCode]).toEqual([
        url,
        200,
      ]);
    expect((await app.inject({ url: '/metrics', headers: BEARER })).statusCode).toBe(200);
    // From the same address: whoever is known has a share of their own.
    expect((await app.inject({ url: '/api/graph', headers: BEARER })).statusCode).toBe(200);
    const link = `/embed/badge.svg?link=${linkTo()}`;
    expect((await app.inject({ url: link, headers: LOCAL })).statusCode).toBe(200);
  });

  it('is told apart by what a trusted proxy says, and by nobody else’s word', async () => {
    const { app } = await guardedApp({ args: ['--trusted-proxy', '127.0.0.1'] });
    const from = (client: string) => ({ ...guess(1), 'x-forwarded-for': client });
    await times(25, () => app.inject({ url: '/', headers: from('203.0.113.7') }));
    const status = async (client: string) =>
      (await app.inject({ url: '/', headers: from(client) })).statusCode;
    expect(await status('203.0.113.7')).toBe(429);
    expect(await status('203.0.113.8')).toBe(401);
    const { app: alone } = await guardedApp();
    await times(25, (i) => alone.inject({ url: '/', headers: from(`203.0.113.${i}`) }));
    expect((await alone.inject({ url: '/', headers: from('198.51.100.1') })).statusCode).toBe(429);
  });
});

describe('wrong tokens cost whoever sends them', () => {
  const form = (token: string) => ({
    method: 'POST' as const,
    url: '/login',
    payload: new URLSearchParams({ token, next: '' }).toString(),
    headers: { ...LOCAL, 'content-type': 'application/x-www-form-urlencoded' },
  });
  it.each([
    ['as a bearer token', (i: number) => ({ url: '/api/graph', headers: guess(i) })],
    ['for metrics', (i: number) => ({ url: '/metrics', headers: guess(i) })],
    ['under /embed/', (i: number) => ({ url: '/embed/graph.svg', headers: guess(i) })],
    [
      'as a cookie',
      (i: number) => ({ url: '/api/graph', headers: { ...LOCAL, cookie: `latchwork_session=guess-${i}` } }),
    ],
    ['in the form', (i: number) => form(`guess-number-${i}`)],
  ])('%s, and the right one is never locked out', async (_way, ask) => {
    const { app } = await guardedApp();
    const answers = await times(100, (i) => app.inject(ask(i)));
    expect(answers.filter(({ statusCode }) => statusCode === 401).length).toBe(20);
    expect(answers.at(-1)?.statusCode).toBe(429);
    expect((await app.inject({ url: '/api/graph', headers: BEARER })).statusCode).toBe(200);
    expect((await app.inject(form(TOKEN))).statusCode).toBe(303);
  });

  it('on the socket, too', async () => {
    const { app } = await guardedApp();
    const knocks = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        app.injectWS('/api/live', { headers: guess(i) }).then(
          () => 'open',
          (error: Error) => error.message,
        ),
      ),
    );
    expect(knocks.at(-1)).toContain('429');
    const socket = await app.injectWS('/api/live', { headers: BEARER });
    expect(socket.readyState).toBe(socket.OPEN);
    socket.terminate();
  });

  it('shows a browser with a stale cookie the form all the same', async () => {
    const { app } = await guardedApp();
    const headers = { ...LOCAL, accept: 'text/html', cookie: 'latchwork_session=of-last-year' };
    const pages = await times(30, () => app.inject({ url: '/', headers }));
    expect(pages.at(-1)?.statusCode).toBe(429);
    expect(pages.at(-1)?.body).toContain('name="token"');
  });
});

describe('many different moments and windows', () => {
  const silent = () => {
    const source = createFakeSource(null);
    return { source, answers: answersOf(source, 60_000) };
  };

  it('with one link leave people theirs, and are told when to come again', async () => {
    const { source, answers } = silent();
    const { app } = await guardedApp({ fakes: { answers } });
    const link = linkTo();
    const asked = times(300, (i) =>
      app.inject({ url: `/embed/badge.svg?link=${link}&at=${1_795_000_000 + i * 60}`, headers: LOCAL }),
    );
    await expect.poll(() => source.reads.length).toBe(4);
    const person = app.inject({ url: '/api/graph?window=10m', headers: BEARER });
    await expect.poll(() => source.reads.length).toBe(5);
    source.say({ rps: 1 });
    const answered = await asked;
    const refused = answered.filter(({ statusCode }) => statusCode === 503);
    expect(refused.length).toBe(296);
    expect(refused[0]?.headers['retry-after']).toBe('15');
    expect((await person).statusCode).toBe(200);
  });

  it('are no more questions than steps: what is near is one', async () => {
    const source = createFakeSource({ rps: 1 });
    const app = await buildTestApp({ source });
    for (const query of ['at=1795449000', 'at=1795449001.5', 'at=1795449004', 'window=7321s', 'window=7499s'])
      expect((await app.inject({ url: `/api/graph?${query}`, headers: LOCAL })).statusCode).toBe(200);
    expect(new Set(source.reads.map((span) => JSON.stringify(span))).size).toBe(2);
  });

  it('end with their reader: nobody waits for them then', async () => {
    const { source, answers } = silent();
    const app = await buildTestApp({ fakes: { answers } });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const leaving = new AbortController();
    const asked = fetch(`${url}/api/graph?window=10m`, { signal: leaving.signal }).catch(() => 'left');
    await expect.poll(() => source.reads.length).toBe(1);
    expect(source.waiting).toBe(1);
    leaving.abort();
    expect(await asked).toBe('left');
    await expect.poll(() => source.waiting).toBe(0);
  });
});

/** What a server answers to an upgrade, told by a connection of its own. */
async function knock(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const key = Buffer.alloc(16).toString('base64');
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  return new Promise((resolve) => socket.once('data', (data) => resolve(String(data))));
}

describe('sockets', () => {
  it('have an end: each who asks has a share, and links leave room for people', async () => {
    const { app } = await guardedApp();
    const open = (url: string, headers: Record<string, string>) =>
      app.injectWS(url, { headers }).then(
        (socket) => {
          onTestFinished(() => socket.terminate());
          return 'open';
        },
        (error: Error) => error.message,
      );
    const links = await times(210, () => open(`/embed/live?link=${linkTo()}`, LOCAL));
    expect(links.filter((each) => each === 'open').length).toBe(200);
    expect(links.at(-1)).toContain('503');
    expect(await open('/api/live', BEARER)).toBe('open');
  });

  it('that say too much wait, all of one link together, and hold up nobody else', async () => {
    const { app } = await guardedApp();
    const talk = async (url: string, headers: Record<string, string>) => {
      let pongs = 0;
      const socket = await app.injectWS(url, { headers });
      onTestFinished(() => socket.terminate());
      socket.on('message', (data) => (pongs += Number(String(data) === '{"type":"pong"}')));
      for (let i = 0; i < 200; i++) socket.send('{"type":"ping"}');
      return () => pongs;
    };
    const link = `/embed/live?link=${linkTo()}`;
    const links = await times(35, () => talk(link, LOCAL));
    const person = await talk('/api/live', BEARER);
    await expect.poll(person, { timeout: 20_000 }).toBe(200);
    const all = () => links.reduce((sum, each) => sum + each(), 0);
    await expect.poll(all, { timeout: 20_000 }).toBeGreaterThanOrEqual(6_000);
    expect(all()).toBeLessThan(6_900);
  });

  it('are not upgraded where there are none, and the link in the address is in no log', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const { app } = await guardedApp({ more: { nowMs: () => NOW_MS, logger: { level: 'trace', stream } } });
    const link = linkTo();
    const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    for (const path of [`/embed/graph?link=${link}`, '/api/graph', '/healthz', '/nothing'])
      expect(await knock(Number(port), path)).toMatch(/^HTTP\/1.1 404 /);
    expect(lines.join('')).not.toContain(link);
  });
});

describe('answers that nobody reads', () => {
  const wide = () => {
    const source = createFakeSource({ rps: 1 });
    const namespaces = Array.from({ length: 20_000 }, (_, i) => `${'x'.repeat(200)}-${i}`);
    const views = {
      graph: (mesh: { rps: number }) => ({ ...graphOf(mesh, { namespaces: [] }), namespaces }),
    };
    return createAnswers({ source, views: views as never });
  };
  const asking = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`;

  async function unread(url: string, text: string) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined).pause();
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(text);
    return socket;
  }

  it.each([9, 100])('are not made by the hundred for one connection: %d', async (many) => {
    let asked = 0;
    const answers = wide();
    const graph: typeof answers.graph = (params) => {
      asked += 1;
      return answers.graph(params);
    };
    const { app } = await guardedApp({ fakes: { answers: { ...answers, graph } } });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const socket = await unread(url, asking('/api/graph').repeat(many));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    let got = '';
    socket.on('data', (data) => (got += String(data))).resume();
    await Promise.race([closed, expect.poll(() => asked).toBeGreaterThan(8)]);
    expect(asked).toBeLessThanOrEqual(8);
    expect(got.split('HTTP/1.1 ').length - 1).toBeLessThanOrEqual(8);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('are held for each who asks up to a bound, and nobody else pays for it', async () => {
    const { app } = await guardedApp({
      fakes: { answers: wide() },
      args: ['--trusted-proxy', '127.0.0.1'],
    });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const status = async (client: string) => {
      const answer = await fetch(`${url}/api/graph`, {
        headers: { ...BEARER, 'accept-encoding': 'identity', 'x-forwarded-for': client },
      });
      return { status: answer.status, length: (await answer.text()).length };
    };
    for (let i = 0; i < 4; i++)
      await unread(
        url,
        asking('/api/graph').replace('Host', 'X-Forwarded-For: 203.0.113.9\r\nHost').repeat(8),
      );
    await expect.poll(() => status('203.0.113.9'), { timeout: 20_000 }).toMatchObject({ status: 503 });
    expect((await status('203.0.113.10')).length).toBeGreaterThan(1_000_000);
  });
});

describe('a request that never ends', () => {
  it('loses its connection: a body that drips, and headers that do', async () => {
    const { app } = await guardedApp();
    expect(app.server).toMatchObject({ requestTimeout: 20_000, headersTimeout: 10_000, timeout: 45_000 });
    const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    app.server.requestTimeout = 50;
    app.server.headersTimeout = 50;
    const socket = connect(Number(url.port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(`POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nto`);
    expect(await closed).toBe(true);
  });
});

describe('numbers that are none', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1])(
    'such as %d are no picture, and nothing hangs',
    async (rps) => {
      const answers = createAnswers({
        source: createFakeSource({ rps }),
        views: {
          ...Object.fromEntries(['workloads', 'routes', 'history'].map((name) => [name, () => null])),
          workload: () => null,
          graph: (mesh: { rps: number }): Graph => graphOf(mesh, { namespaces: [] }),
        } as never,
      });
      const app = await buildTestApp({ fakes: { answers } });
      for (const path of ['/embed/graph.svg', '/embed/graph.mmd', '/embed/badge.svg', '/api/graph'])
        expect([path, (await app.inject({ url: path, headers: LOCAL })).statusCode]).toEqual([path, 500]);
      expect((await app.inject('/healthz')).statusCode).toBe(200);
    },
  );
});

describe('pictures', () => {
  it('of many widths at once are drawn beside everything else, and their queue has an end', async () => {
    const { app } = await guardedApp({ fakes: { answers: neighbourly() } });
    const link = linkTo();
    const pictures = times(40, (i) =>
      app.inject({ url: `/embed/graph.svg?link=${link}&width=${400 + i}`, headers: LOCAL }),
    );
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    const statuses = (await pictures).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(6);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(20);
    const [refused] = (await pictures).filter(({ statusCode }) => statusCode === 503);
    expect(refused?.headers['retry-after']).toBe('10');
  });

  it('are of who may see them: a link for all namespaces gets no picture that was drawn for a person', async () => {
    const { app } = await guardedApp({ fakes: { answers: neighbourly() } });
    const whole = await app.inject({ url: '/embed/graph.dot', headers: BEARER });
    expect(whole.statusCode).toBe(200);
    const shared = await app.inject({
      url: `/embed/graph.dot?link=${linkTo({ namespaces: [], view: 'picture' })}`,
      headers: LOCAL,
    });
    expect(shared.body).not.toContain('secret-bank may be meant');
  });
});
