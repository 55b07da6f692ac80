import { connect } from 'node:net';
import type { ServerMessage } from '@latchwork/shared/live/live';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SourceError } from '../src/sources/source-error.ts';
import type { TapClient, TapListener } from '../src/sources/tap/client.ts';
import { buildTestApp, LOCAL } from './build-test-app.ts';
import { createFakeSource, graphOf } from './inputs/fake-mesh.ts';
import { call } from './inputs/tap-parts.ts';

/** A page's end of the socket: what it got, in order. */
async function openPage(app: FastifyInstance) {
  const messages: ServerMessage[] = [];
  const waiting: ((message: ServerMessage) => void)[] = [];
  const socket = await app.injectWS(
    '/api/live',
    { headers: LOCAL },
    {
      onInit: (ws) =>
        ws.on('message', (data) => {
          const message = JSON.parse(String(data)) as ServerMessage;
          const next = waiting.shift();
          if (next) next(message);
          else messages.push(message);
        }),
    },
  );
  onTestFinished(() => socket.terminate());
  return {
    socket,
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () =>
      new Promise<ServerMessage>((resolve) => {
        const message = messages.shift();
        if (message) resolve(message);
        else waiting.push(resolve);
      }),
  };
}

async function openGreeted(app: FastifyInstance) {
  const page = await openPage(app);
  await page.next();
  return page;
}

const graph = (id: string, params: object = {}) => ({ type: 'subscribe', id, topic: 'graph', params });

describe('the live socket', () => {
  it('says hello with what this server is', async () => {
    const app = await buildTestApp();
    const page = await openPage(app);
    expect(await page.next()).toEqual({ type: 'hello', about: app.about() });
  });

  it('answers a subscription with the value that the GET answers, and with every newer one', async () => {
    const source = createFakeSource({ rps: 1 });
    const page = await openGreeted(await buildTestApp({ source }));
    page.say(graph('a', { namespace: ['shop'] }));
    expect(await page.next()).toEqual({
      type: 'data',
      id: 'a',
      value: graphOf({ rps: 1 }, { namespaces: ['shop'] }),
    });
    source.say({ rps: 7 });
    expect(await page.next()).toMatchObject({
      type: 'data',
      id: 'a',
      value: { edges: [{ http: { rps: 7 } }] },
    });
  });

  it('runs one feed for the same question in other words, from any number of pages', async () => {
    const source = createFakeSource({ rps: 1 });
    const app = await buildTestApp({ source });
    const pages = await Promise.all([openGreeted(app), openGreeted(app)]);
    for (const page of pages) {
      page.say(graph('1', { namespace: ['b', 'a'], window: '60s' }));
      page.say(graph('2', { namespace: ['a', 'b', 'a'], noise: 'hide' }));
      await page.next();
      await page.next();
    }
    expect(source.followed).toEqual([{ windowSeconds: 60, atSeconds: null }]);
    expect(app.hub.load('graph')).toEqual({ feeds: 1, subscribers: 4 });
  });

  it('stops the feed with its last subscriber: unsubscribed or gone', async () => {
    const source = createFakeSource({ rps: 1 });
    const app = await buildTestApp({ source });
    const [one, two] = [await openGreeted(app), await openGreeted(app)];
    for (const page of [one, two]) {
      page.say(graph('1'));
      await page.next();
    }
    one.say({ type: 'unsubscribe', id: '1' });
    one.say({ type: 'ping' });
    expect(await one.next()).toEqual({ type: 'pong' });
    expect(source.followed.length).toBe(1);
    two.socket.terminate();
    await expect.poll(() => source.followed.length).toBe(0);
  });

  it('keeps a subscription through trouble, and says what is wrong and what to do', async () => {
    const source = createFakeSource(
      new SourceError({
        source: 'prometheus',
        kind: 'unreachable',
        message: 'nobody answers',
        remedy: 'start it',
      }),
    );
    const page = await openGreeted(await buildTestApp({ source }));
    page.say(graph('1'));
    expect(await page.next()).toEqual({ type: 'trouble', id: '1', message: 'nobody answers; start it' });
    source.say({ rps: 1 });
    expect(await page.next()).toMatchObject({ type: 'data', id: '1' });
  });

  it('says that a workload is unknown, and keeps asking', async () => {
    const source = createFakeSource({ rps: 1 });
    const page = await openGreeted(await buildTestApp({ source }));
    page.say({
      type: 'subscribe',
      id: 'w',
      topic: 'workload',
      params: { namespace: 'shop', kind: 'deployment', name: 'nothing' },
    });
    expect(await page.next()).toMatchObject({
      type: 'trouble',
      id: 'w',
      message: expect.stringContaining('shop/deployment/nothing'),
    });
    expect(source.followed.length).toBe(1);
  });

  it.each([
    ['no JSON', 'subscribe!', { field: 'message' }],
    ['an array', [], { field: 'message' }],
    ['an unknown type', { type: 'shout' }, { field: 'message' }],
    ['no id', { type: 'subscribe', topic: 'graph' }, { field: 'message' }],
    ['a long id', { type: 'subscribe', id: 'x'.repeat(65), topic: 'graph' }, { field: 'message' }],
    ['an unknown topic', { type: 'subscribe', id: '1', topic: 'weather' }, { id: '1', field: 'topic' }],
    [
      'a topic of every object',
      { type: 'subscribe', id: '1', topic: 'constructor' },
      { id: '1', field: 'topic' },
    ],
    ['a bad window', graph('1', { window: '5s' }), { id: '1', field: 'window' }],
    ['a bad moment', graph('1', { at: 'noon' }), { id: '1', field: 'at' }],
    ['a bad namespace', graph('1', { namespace: ['A'] }), { id: '1', field: 'namespace' }],
    ['an unknown parameter', graph('1', { nmespace: ['a'] }), { id: '1', field: 'nmespace' }],
    [
      'parameters of no kind',
      { type: 'subscribe', id: '1', topic: 'graph', params: 7 },
      { id: '1', field: 'params' },
    ],
    [
      'a tap of a Service',
      { type: 'subscribe', id: '1', topic: 'top', params: { namespace: 'a', kind: 'service', name: 'b' } },
      { id: '1', field: 'kind' },
    ],
    [
      'a tap of a kind alone',
      { type: 'subscribe', id: '1', topic: 'top', params: { namespace: 'a', kind: 'pod' } },
      { id: '1', field: 'name' },
    ],
    [
      'too long a message',
      JSON.stringify(graph('1', { namespace: ['x'.repeat(70_000)] })),
      { field: 'message' },
    ],
  ])('answers %s with trouble that says what is allowed, and stays', async (_what, message, trouble) => {
    const page = await openGreeted(await buildTestApp());
    page.say(message);
    expect(await page.next()).toMatchObject({
      type: 'trouble',
      allowed: expect.stringMatching(/.../),
      ...trouble,
    });
    page.say(graph('2'));
    expect(await page.next()).toMatchObject({ type: 'data', id: '2' });
  });

  it('refuses an id that is in use, and more subscriptions than a page needs', async () => {
    const page = await openGreeted(await buildTestApp());
    for (let i = 0; i < 64; i++) {
      page.say(graph(`${i}`));
      await page.next();
    }
    page.say(graph('7'));
    expect(await page.next()).toMatchObject({ type: 'trouble', id: '7', field: 'id' });
    page.say(graph('64'));
    expect(await page.next()).toMatchObject({
      type: 'trouble',
      id: '64',
      allowed: 'at most 64 subscriptions on one socket',
    });
    page.say({ type: 'unsubscribe', id: '7' });
    page.say(graph('64'));
    expect(await page.next()).toMatchObject({ type: 'data', id: '64' });
  });

  it('takes no binary message for one', async () => {
    const page = await openGreeted(await buildTestApp());
    page.socket.send(Buffer.from(JSON.stringify(graph('1'))), { binary: true });
    expect(await page.next()).toMatchObject({ type: 'trouble', field: 'message' });
  });

  it('asks for a sign of life, and lets go of a page that gives none', async () => {
    const app = await buildTestApp({ more: { pingEveryMs: 100 } });
    const { host } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const alive = new WebSocket(`ws://${host}/api/live`); // answers pings by itself
    onTestFinished(() => alive.close());
    await new Promise((resolve) => alive.addEventListener('open', resolve));
    const dead = connect(Number(host.split(':')[1]), '127.0.0.1'); // reads, and never says a word
    onTestFinished(() => void dead.destroy());
    dead.write(
      `GET /api/live HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
    );
    const gone = new Promise((resolve) => dead.on('close', resolve));
    dead.resume();
    await gone;
    expect(alive.readyState).toBe(WebSocket.OPEN);
  });

  it('says that there is no tap, and how to have one', async () => {
    const page = await openGreeted(await buildTestApp());
    page.say({ type: 'subscribe', id: 't', topic: 'top', params: { namespace: 'shop' } });
    expect(await page.next()).toMatchObject({
      type: 'data',
      id: 't',
      value: { state: 'failed', target: 'shop', remedy: expect.stringContaining('--tap-url') },
    });
  });

  it('opens one tap for one request, however many pages look, and counts what comes', async () => {
    const listeners: TapListener[] = [];
    const tap: TapClient = {
      url: 'http://tap.test',
      watch(_request, listener) {
        listeners.push(listener);
        return () => listeners.splice(listeners.indexOf(listener), 1);
      },
    };
    const app = await buildTestApp({ fakes: { tap } });
    expect(app.about().tap).toEqual({ available: true, reason: null });
    const pages = [await openGreeted(app), await openGreeted(app)];
    for (const page of pages) {
      page.say({ type: 'subscribe', id: 't', topic: 'top', params: { namespace: 'shop' } });
      expect(await page.next()).toMatchObject({ value: { state: 'waiting' } });
    }
    expect(listeners.length).toBe(1);
    for (const part of call({ direction: 'outbound' })) listeners[0]?.part(part);
    for (const page of pages)
      expect(await page.next()).toMatchObject({
        value: {
          state: 'streaming',
          rows: [{ count: 1, route: '/carts/{id}' }],
          counters: { received: 3, aboutRps: 2 },
        },
      });
    const { body } = await app.inject('/metrics');
    expect(body).toContain('latchwork_tap_events_total 3');
    expect(body).toContain('latchwork_tap_streams 1');
    expect(body).toContain('latchwork_subscribers{topic="top"} 2');
    for (const page of pages) page.say({ type: 'unsubscribe', id: 't' });
    await expect.poll(() => listeners.length).toBe(0);
  });

  it('does not let a value through that breaks the contract', async () => {
    const page = await openGreeted(await buildTestApp({ source: createFakeSource({ rps: Number.NaN }) }));
    page.say(graph('1'));
    expect(await page.next()).toMatchObject({
      type: 'trouble',
      id: '1',
      message: expect.stringContaining('contract'),
    });
  });

  it('says to whoever comes without an upgrade what is missing', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/live');
    expect(answer.statusCode).toBe(426);
    expect(answer.json()).toMatchObject({
      error: 'upgrade-required',
      remedy: expect.stringContaining('Upgrade'),
    });
  });

  it('ends with the app, and so do its feeds', async () => {
    const source = createFakeSource({ rps: 1 });
    const app = await buildTestApp({ source });
    const page = await openGreeted(app);
    page.say(graph('1'));
    await page.next();
    const gone = new Promise((resolve) => page.socket.on('close', resolve));
    await app.close();
    await gone;
    expect(source.followed).toEqual([]);
    expect(source.closed).toBe(true);
  });
});
