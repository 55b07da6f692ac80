// Nobody sees more than they may: roles, rights that end while a socket is open, sentences for strangers, and the record.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { About } from '@latchwork/shared/about';
import type { ServerMessage } from '@latchwork/shared/live/live';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SourceError } from '../../src/sources/source-error.ts';
import { buildTestApp, LOCAL } from '../build-test-app.ts';
import { guardedApp, KEY, linkTo, NOW_MS, TOKEN } from '../embed/embed-parts.ts';
import { answersOf, createFakeSource } from '../inputs/fake-mesh.ts';

const OPS = 'secret-of-the-ops-team-0123456789';
const WALL = 'secret-of-the-wall-screen-9876543';
const DESK = 'secret-of-the-help-desk-5647382910';
const AS = (secret: string) => ({ ...LOCAL, authorization: `Bearer ${secret}` });
const TROUBLE = new SourceError({
  source: 'prometheus',
  kind: 'unreachable',
  message: 'http://jane:hunter2@prometheus.internal:9090 answered 500: pod secret-bank/ledger-0',
  remedy: 'look at prometheus.internal',
});

function inFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'latchwork-eyes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  const write = (name: string, text: string) => writeFileSync(path(name), text);
  return { path, write };
}

async function teamsApp(more = {}) {
  const files = inFolder();
  files.write('tokens', `ops:signer:${OPS}\ndesk:tapper:${DESK}\nwall:viewer:${WALL}\n`);
  files.write('keys', `${KEY.id}:${KEY.secret}\n`);
  files.write('ended', '# none yet\n');
  const app = await buildTestApp({
    args: [
      ...['--access-token-file', files.path('tokens'), '--embed-key-file', files.path('keys')],
      ...['--embed-ended-file', files.path('ended')],
    ],
    more: { nowMs: () => NOW_MS, ...more },
  });
  return { app, files };
}

async function follow(app: FastifyInstance, url: string, headers: Record<string, string>) {
  const messages: ServerMessage[] = [];
  const socket = await app.injectWS(
    url,
    { headers },
    { onInit: (ws) => ws.on('message', (data) => messages.push(JSON.parse(String(data)))) },
  );
  onTestFinished(() => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const say = (message: object) => socket.send(JSON.stringify(message));
  const got = (id: string) => messages.filter((message) => 'id' in message && message.id === id);
  return { socket, messages, closed, say, got };
}

const graph = { type: 'subscribe', id: 'g', topic: 'graph' };
const tap = { type: 'subscribe', id: 't', topic: 'tap', params: { namespace: 'shop' } };

describe('roles of named tokens', () => {
  it('a viewer looks, a tapper taps, a signer signs', async () => {
    const { app } = await teamsApp();
    for (const [secret, name, taps, signs] of [
      [WALL, 'wall', false, false],
      [DESK, 'desk', true, false],
      [OPS, 'ops', true, true],
    ] as const) {
      const about = (await app.inject({ url: '/api/about', headers: AS(secret) })).json();
      expect([about.viewer.name, about.embed.canSign]).toEqual([name, signs]);
      expect((await app.inject({ url: '/api/graph', headers: AS(secret) })).statusCode).toBe(200);
      const signed = await app.inject({
        method: 'POST',
        url: '/api/embed-link',
        payload: { namespace: ['shop'] },
        headers: AS(secret),
      });
      expect([name, signed.statusCode]).toEqual([name, signs ? 200 : 403]);
      const page = await follow(app, '/api/live', AS(secret));
      page.say(tap);
      await expect.poll(() => page.got('t').length).toBe(1);
      if (taps) expect(page.got('t')[0]).toMatchObject({ type: 'data' });
      else
        expect(page.got('t')[0]).toMatchObject({ type: 'trouble', message: /may not watch single requests/ });
    }
  });

  it('are taken from groups, too, but only as a trusted proxy names them', async () => {
    const proxied = (args: readonly string[]) =>
      buildTestApp({
        args: [
          ...['--user-header', 'X-Forwarded-User', '--groups-header', 'X-Forwarded-Groups'],
          ...['--role-group', 'signer=platform', ...args],
        ],
      });
    const jane = { 'x-forwarded-user': 'jane@example.com', 'x-forwarded-groups': 'sales, platform' };
    async function about(app: FastifyInstance, headers: Record<string, string>) {
      const url = await app.listen({ host: '127.0.0.1', port: 0 });
      const answer = await fetch(`${url}/api/about`, { headers });
      return { status: answer.status, body: (await answer.json()) as Partial<About> };
    }
    const trusted = await about(await proxied(['--trusted-proxy', '127.0.0.1']), jane);
    expect(trusted.body.viewer).toEqual({ name: 'jane@example.com', role: 'signer', canLogOut: false });
    expect((await about(await proxied(['--trusted-proxy', '127.0.0.1']), {})).status).toBe(401);
    expect((await about(await proxied(['--trusted-proxy', '10.0.0.0/8']), jane)).status).toBe(401);
    // Whatever the proxy says of where it comes from: what counts is the other end of the connection.
    const claimed = { ...jane, 'x-forwarded-for': '10.0.0.1' };
    expect((await about(await proxied(['--trusted-proxy', '10.0.0.0/8']), claimed)).status).toBe(401);
  });

  it('without a token nobody signs over a network, and this machine’s own user does', async () => {
    const files = inFolder();
    files.write('keys', `${KEY.id}:${KEY.secret}\n`);
    const args = ['--embed-key-file', files.path('keys')];
    const ask = { method: 'POST', url: '/api/embed-link', payload: { namespace: ['shop'] } } as const;
    const wide = await buildTestApp({ args: [...args, '--host', '0.0.0.0'] });
    expect((await wide.inject({ ...ask, headers: LOCAL })).statusCode).toBe(403);
    expect((await wide.inject({ url: '/api/about', headers: LOCAL })).json().openToAll).toBe(true);
    const near = await buildTestApp({ args });
    expect((await near.inject({ ...ask, headers: LOCAL })).statusCode).toBe(200);
    expect((await near.inject({ url: '/api/about', headers: LOCAL })).json().openToAll).toBeUndefined();
  });
});

describe('a right that ends', () => {
  it('ends the open socket of its token within a second, and its tap', async () => {
    const { app, files } = await teamsApp();
    const page = await follow(app, '/api/live', AS(DESK));
    page.say(graph);
    page.say(tap);
    await expect.poll(() => [page.got('g').length, page.got('t').length]).toEqual([1, 1]);
    files.write('tokens', `ops:signer:${OPS}\n`);
    expect(await page.closed).toBe(1008);
    expect(page.got('g').at(-1)).toMatchObject({ type: 'trouble', message: /access has ended/ });
    expect(app.hub.load('tap')).toEqual({ feeds: 0, subscribers: 0 });
  });

  it('ends a tap alone when only that right is gone', async () => {
    const { app, files } = await teamsApp();
    const page = await follow(app, '/api/live', AS(DESK));
    page.say(graph);
    page.say(tap);
    await expect.poll(() => page.got('t').length).toBe(1);
    files.write('tokens', `ops:signer:${OPS}\ndesk:viewer:${DESK}\n`);
    await expect.poll(() => page.got('t').at(-1), { timeout: 5_000 }).toMatchObject({ type: 'trouble' });
    expect(app.hub.load('tap').feeds).toBe(0);
    expect(app.hub.load('graph').subscribers).toBe(1);
  });

  it('is looked at with each message: nothing new is opened with a token that is gone', async () => {
    const { app, files } = await teamsApp();
    const page = await follow(app, '/api/live', AS(WALL));
    await expect.poll(() => page.messages.length).toBe(1);
    files.write('tokens', `ops:signer:${OPS}\n`);
    page.say(graph);
    expect(await page.closed).toBe(1008);
    expect(page.got('g').filter(({ type }) => type === 'data')).toEqual([]);
  });

  it('closes a link’s socket when the link ends by its time, without waiting for a ping', async () => {
    let nowMs = NOW_MS;
    const { app } = await guardedApp({ more: { nowMs: () => nowMs } });
    nowMs += 60_000 - 300;
    const frame = await follow(app, `/embed/live?link=${linkTo({}, 0)}`, LOCAL);
    frame.say(graph);
    await expect.poll(() => frame.got('g').length).toBe(1);
    nowMs += 1_500;
    expect(await frame.closed).toBe(1008);
    expect(frame.got('g').at(-1)).toMatchObject({ type: 'trouble', message: /expired/ });
  });

  it('ends one link alone by its id, and nothing else', async () => {
    const { app, files } = await teamsApp();
    const sign = async () =>
      (
        await app.inject({
          method: 'POST',
          url: '/api/embed-link',
          payload: { namespace: ['shop'] },
          headers: AS(OPS),
        })
      ).json();
    const [one, two] = [await sign(), await sign()];
    const listed = (await app.inject({ url: '/api/embed-links', headers: AS(OPS) })).json();
    expect(listed.links.map(({ linkId }: { linkId: string }) => linkId)).toEqual([two.linkId, one.linkId]);
    expect(JSON.stringify(listed)).not.toContain(one.link);
    expect((await app.inject({ url: '/api/embed-links', headers: AS(WALL) })).statusCode).toBe(403);
    const frame = await follow(app, `/embed/live?link=${one.link}`, LOCAL);
    files.write('ended', `${one.linkId} # left the company\n`);
    const status = async (link: string) =>
      (await app.inject({ url: `/embed/badge.svg?link=${link}`, headers: LOCAL })).statusCode;
    expect([await status(one.link), await status(two.link)]).toEqual([410, 200]);
    expect(await frame.closed).toBe(1008);
  });
});

describe('what a source says of itself', () => {
  const failing = () => ({
    answers: answersOf(createFakeSource(TROUBLE)),
    checkPrometheus: () => Promise.reject(TROUBLE),
  });
  const TELLING = /internal|jane|hunter2|ledger/;

  it('is not told to a link', async () => {
    const { app } = await guardedApp({ fakes: failing() });
    const frame = await follow(app, `/embed/live?link=${linkTo()}`, LOCAL);
    frame.say(graph);
    await expect.poll(() => frame.got('g').length).toBe(1);
    expect(frame.got('g')[0]).toMatchObject({ type: 'trouble', message: /no picture right now/ });
    expect(JSON.stringify(frame.messages)).not.toMatch(TELLING);
  });

  it('is not told by /readyz to anybody, but to whoever may see the mesh', async () => {
    const { app } = await guardedApp({ fakes: failing() });
    const stranger = await app.inject({ url: '/readyz', headers: LOCAL });
    expect([stranger.statusCode, TELLING.test(stranger.body)]).toEqual([503, false]);
    expect((await app.inject({ url: '/readyz', headers: AS(TOKEN) })).body).toMatch(TELLING);
    const open = await buildTestApp({ fakes: failing() });
    expect((await open.inject({ url: '/readyz', headers: { host: 'evil.example' } })).body).not.toMatch(
      TELLING,
    );
    expect((await open.inject({ url: '/readyz', headers: LOCAL })).body).toMatch(TELLING);
  });
});

describe('small doors', () => {
  it('an address that cannot be read is as guarded as any other', async () => {
    const app = await buildTestApp();
    const answer = await app.inject({ url: '/%', headers: LOCAL });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect((await app.inject({ url: '/%', headers: { host: 'evil.example' } })).statusCode).toBe(403);
  });

  it('an answer about the mesh is kept nowhere', async () => {
    const app = await buildTestApp();
    for (const url of ['/api/graph', '/api/workloads', '/api/about', '/api/graph?window=never'])
      expect((await app.inject({ url, headers: LOCAL })).headers['cache-control']).toBe('no-store');
  });

  it('an allowed name is allowed where it is meant: not under every port, nor without the TLS that a proxy has', async () => {
    const app = await buildTestApp({ args: ['--allowed-host', 'mesh.example.com'] });
    const status = async (origin: string, more = {}) =>
      (
        await app.inject({
          method: 'POST',
          url: '/api/embed-link',
          payload: {},
          headers: { host: 'mesh.example.com', origin, ...more },
        })
      ).statusCode;
    const tls = { 'x-forwarded-proto': 'https' };
    expect(await status('https://mesh.example.com', tls)).toBe(400);
    expect(await status('http://mesh.example.com', tls)).toBe(403);
    expect(await status('https://mesh.example.com:9999', tls)).toBe(403);
    expect(await status('http://mesh.example.com')).toBe(400);
  });

  it('a cookie that a neighbour under the same domain has set keeps nobody out', async () => {
    const { app } = await teamsApp();
    const login = await app.inject({
      method: 'POST',
      url: '/login',
      payload: new URLSearchParams({ token: WALL }).toString(),
      headers: {
        ...LOCAL,
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-proto': 'https',
      },
    });
    const [own = ''] = String(login.headers['set-cookie']).split(';');
    expect(own).toMatch(/^__Host-latchwork_session=/);
    for (const cookie of [`latchwork_session=evil; ${own}`, `${own}; latchwork_session=evil`])
      expect((await app.inject({ url: '/api/graph', headers: { ...LOCAL, cookie } })).statusCode).toBe(200);
  });

  it('a message that nests without end is a bad message, and no stack trace in the log', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const app = await buildTestApp({ more: { logger: { level: 'trace', stream } } });
    const page = await follow(app, '/api/live', LOCAL);
    page.socket.send('['.repeat(30_000));
    page.socket.send(
      `{"type":"subscribe","id":"g","topic":"graph","params":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`,
    );
    await expect.poll(() => page.messages.filter(({ type }) => type === 'trouble').length).toBe(2);
    const deep = `{"namespace":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const headers = { ...LOCAL, 'content-type': 'application/json' };
    const posted = await app.inject({ method: 'POST', url: '/api/embed-link', payload: deep, headers });
    expect(posted.statusCode).toBe(400);
    expect(lines.join('')).not.toMatch(/at \w+ \(|\.ts:|RangeError/);
  });
});

describe('the record', () => {
  it('has one line for each login, refusal, tap and link, with no secret in it', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const { app, files } = await teamsApp({ logger: { level: 'warn', stream } });
    const form = { ...LOCAL, 'content-type': 'application/x-www-form-urlencoded' };
    for (const token of [WALL, 'a-wrong-one'])
      await app.inject({ method: 'POST', url: '/login', payload: `token=${token}`, headers: form });
    const link = { method: 'POST', url: '/api/embed-link', payload: { namespace: ['shop'] } } as const;
    const signed = (await app.inject({ ...link, headers: AS(OPS) })).json();
    await app.inject({ ...link, headers: AS(WALL) });
    await app.inject({ url: '/embed/graph.svg', headers: AS(DESK) });
    const page = await follow(app, '/api/live', AS(DESK));
    page.say(tap);
    await expect.poll(() => page.got('t').length).toBe(1);
    page.socket.terminate();
    await expect.poll(() => lines.join('')).toContain('tap-ended');
    await app.inject({ url: '/api/graph', headers: AS('a-secret-of-nobody-at-all') });
    const wall = await follow(app, '/api/live', AS(WALL));
    wall.say(tap);
    await expect.poll(() => wall.got('t').length).toBe(1);
    files.write('ended', `${signed.linkId}\n`);
    await app.inject({ url: `/embed/badge.svg?link=${signed.link}`, headers: LOCAL });
    const records = lines.map((line) => JSON.parse(line)).filter(({ record }) => record);
    expect(records.map(({ event, who }) => [event, who])).toEqual([
      ['login', 'token:wall'],
      ['login-refused', null],
      ['link-signed', 'token:ops'],
      ['access-refused', 'token:wall'],
      ['export', 'token:desk'],
      ['tap-started', 'token:desk'],
      ['tap-ended', 'token:desk'],
      ['access-refused', null],
      ['access-refused', 'token:wall'],
      ['link-ended', null],
    ]);
    expect(records[2]).toMatchObject({ linkId: signed.linkId, namespaces: ['shop'] });
    for (const secret of [OPS, WALL, DESK, KEY.secret, signed.link, 'a-wrong-one', 'a-secret-of-nobody'])
      expect(lines.join('')).not.toContain(secret);
  });
});
