import { layout } from '@latchwork/graph/layout/layout';
import { toScene } from '@latchwork/graph/scene/scene';
import type { Graph } from '@latchwork/shared/graph';
import type { ServerMessage } from '@latchwork/shared/live/live';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SourceError } from '../../src/sources/source-error.ts';
import { buildTestApp, LOCAL } from '../build-test-app.ts';
import { answersOf, createFakeSource } from '../inputs/fake-mesh.ts';
import { guardedApp, KEY, linkTo, NOW_MS, neighbourly, TOKEN } from './embed-parts.ts';

const HTML = { ...LOCAL, accept: 'text/html' };
const openApp = () => buildTestApp({ fakes: { answers: neighbourly() } });

async function openFrame(app: FastifyInstance, link: string) {
  const messages: ServerMessage[] = [];
  const waiting: ((message: ServerMessage) => void)[] = [];
  const socket = await app.injectWS(
    `/embed/live?link=${link}`,
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
    say: (message: object) => socket.send(JSON.stringify(message)),
    next: () =>
      new Promise<ServerMessage>((resolve) => {
        const message = messages.shift();
        if (message) resolve(message);
        else waiting.push(resolve);
      }),
  };
}

describe('the frame', () => {
  it('is a page with its own base and a way to find its oEmbed', async () => {
    const app = await openApp();
    const { statusCode, body, headers } = await app.inject({
      url: '/embed/graph?namespace=shop',
      headers: HTML,
    });
    expect(statusCode).toBe(200);
    expect(body).toContain('<base href="/embed/">');
    expect(body).toContain('type="application/json+oembed"');
    expect(body).toContain('/embed/oembed?format=json&amp;url=http%3A%2F%2Flocalhost%3A8470%2Fembed%2Fgraph');
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('stands behind a prefix', async () => {
    const app = await buildTestApp({ args: ['--base-path', '/mesh'] });
    const headers = { ...HTML, 'x-forwarded-prefix': '/tools', 'x-forwarded-proto': 'https' };
    const { body } = await app.inject({ url: '/mesh/embed/graph', headers });
    expect(body).toContain('<base href="/tools/mesh/embed/">');
    expect(body).toContain(encodeURIComponent('https://localhost:8470/tools/mesh/embed/graph'));
  });

  it('says in a readable page when nobody has built it', async () => {
    const app = await buildTestApp({ page: null });
    const { statusCode, body } = await app.inject({ url: '/embed/graph', headers: HTML });
    expect([statusCode, body.includes('not built')]).toEqual([503, true]);
  });
});

describe('the frame’s socket', () => {
  it('says hello without where the data is from', async () => {
    const { app } = await guardedApp();
    const frame = await openFrame(app, linkTo());
    const hello = await frame.next();
    expect(hello).toMatchObject({ type: 'hello', about: { source: '', successTarget: 0.99 } });
    expect(JSON.stringify(hello)).not.toMatch(/prometheus|kubernetes|ancestors/);
  });

  it('has the graph of its link, and answers anything else with trouble', async () => {
    const { app } = await guardedApp();
    const frame = await openFrame(app, linkTo());
    await frame.next();
    frame.say({ type: 'subscribe', id: 'a', topic: 'graph', params: { namespace: ['shop'] } });
    const data = await frame.next();
    expect(data).toMatchObject({ type: 'data', id: 'a', value: { namespaces: ['shop'] } });
    expect(JSON.stringify(data)).not.toMatch(/secret-bank|ledger/);
    frame.say({ type: 'subscribe', id: 'all', topic: 'graph', params: {} });
    expect(await frame.next()).toMatchObject({ type: 'data', id: 'all', value: { namespaces: ['shop'] } });
    for (const [topic, params] of [
      ['graph', { namespace: ['secret-bank'] }],
      ['graph', { namespace: ['shop', 'secret-bank'] }],
      ['workloads', {}],
      ['workload', { namespace: 'shop', kind: 'deployment', name: 'web' }],
      ['history', {}],
      ['problems', {}],
      ['findings', { where: 'shop/deployment/web' }],
      ['inventory', {}],
      ['labels', {}],
      ['top', { namespace: 'shop' }],
    ] as const) {
      frame.say({ type: 'subscribe', id: topic, topic, params });
      expect(await frame.next()).toMatchObject({ type: 'trouble', id: topic, message: /does not open/ });
    }
  });

  it('ends with its link, and says why', async () => {
    let nowMs = NOW_MS;
    const { app } = await guardedApp({ more: { nowMs: () => nowMs, pingEveryMs: 250 } });
    const frame = await openFrame(app, linkTo());
    await frame.next();
    frame.say({ type: 'subscribe', id: 'a', topic: 'graph' });
    await frame.next();
    const closed = new Promise<number>((resolve) => frame.socket.on('close', resolve));
    nowMs += 2 * 3_600_000;
    expect(await frame.next()).toMatchObject({ type: 'trouble', id: 'a', message: /expired/ });
    expect(await closed).toBe(1008);
  });
});

describe('GET /embed/graph.svg', () => {
  it('shows the same nodes, edges and locks as the page', async () => {
    const app = await openApp();
    const graph = (await app.inject({ url: '/api/graph', headers: LOCAL })).json<Graph>();
    const { body, headers } = await app.inject({ url: '/embed/graph.svg', headers: LOCAL });
    const scene = toScene(graph);
    for (const { label } of scene.cards) expect(body).toContain(`>${label}</text>`);
    for (const link of scene.links) expect(body).toContain(`${link.mark}</title>`);
    expect(body.match(/<g><title>/g)).toHaveLength(layout(scene).links.length);
    expect(body).toContain('role="img"');
    expect(body).toMatch(
      /<title>The whole mesh, service graph of 2026-11-23 15:47 UTC<\/title><desc>.*2 edges/,
    );
    expect(body).toContain('>1 plaintext<');
    expect(headers['content-type']).toBe('image/svg+xml; charset=utf-8');
    expect(headers['content-security-policy']).toContain('sandbox');
  });

  it('is answered with 304 when it is known already', async () => {
    const app = await openApp();
    const first = await app.inject({ url: '/embed/graph.svg', headers: LOCAL });
    expect(first.headers['cache-control']).toBe('private, max-age=15');
    const etag = String(first.headers['etag']);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const again = await app.inject({
        url: '/embed/graph.svg',
        headers: { ...LOCAL, 'if-none-match': known },
      });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
    const dark = await app.inject({
      url: '/embed/graph.svg?theme=dark',
      headers: { ...LOCAL, 'if-none-match': etag },
    });
    expect(dark.statusCode).toBe(200);
  });

  it('is an empty picture for a namespace that nobody knows', async () => {
    const app = await buildTestApp();
    const { statusCode, body } = await app.inject({
      url: '/embed/graph.svg?namespace=nobody',
      headers: LOCAL,
    });
    expect([statusCode, body.includes('0 cards in 0 namespaces')]).toEqual([200, true]);
  });

  it('says no more than that when Prometheus fails', async () => {
    const failing = createFakeSource(
      new SourceError({
        source: 'prometheus',
        kind: 'unreachable',
        message: 'http://prometheus.internal is gone',
        remedy: 'x',
      }),
    );
    const app = await buildTestApp({ fakes: { answers: answersOf(failing) } });
    for (const path of ['/embed/graph.svg', '/embed/badge.svg', '/embed/graph.dot']) {
      const { statusCode, body } = await app.inject({ url: path, headers: LOCAL });
      expect(statusCode).toBe(502);
      expect(body).toContain('There is no picture right now');
      expect(body).not.toContain('internal');
    }
  });
});

it('GET /embed/badge.svg has the share of a namespace', async () => {
  const app = await buildTestApp();
  const of = async (query: string) =>
    (await app.inject({ url: `/embed/badge.svg${query}`, headers: LOCAL })).body;
  expect(await of('?namespace=shop')).toContain('mTLS in shop: 0 percent of requests secured');
  expect(await of('?namespace=nobody')).toContain('no data');
});

it.each([`cluster=${'x'.repeat(201)}`, 'Cluster=east', 'clusters=east'])(
  'GET /embed/badge.svg is of no other cluster than the one that is asked for: %s',
  async (query) => {
    const app = await buildTestApp();
    const { statusCode, body } = await app.inject({ url: `/embed/badge.svg?${query}`, headers: LOCAL });
    expect(statusCode).toBe(400);
    expect(body).toContain('cluster');
  },
);

describe('GET /embed/oembed', () => {
  const ask = async (app: FastifyInstance, url: string, more = '') =>
    app.inject({ url: `/embed/oembed?url=${encodeURIComponent(url)}${more}`, headers: LOCAL });

  it('makes a frame of an address of this server', async () => {
    const app = await openApp();
    const answer = (
      await ask(app, 'http://localhost:8470/embed/graph?namespace=shop&theme=dark', '&maxwidth=500')
    ).json();
    expect(answer).toMatchObject({
      version: '1.0',
      type: 'rich',
      width: 500,
      height: 420,
      title: 'Service graph: shop',
    });
    expect(answer.html).toContain('src="http://localhost:8470/embed/graph?namespace=shop&amp;theme=dark"');
  });

  it.each([
    'http://evil.example/embed/graph',
    'http://localhost:8470/api/graph',
    'http://localhost:8470.evil.example/embed/graph',
    'javascript:alert(1)//embed/graph',
    'nothing',
  ])('makes none of %s', async (url) => {
    expect((await ask(await openApp(), url)).statusCode).toBe(400);
  });

  it('needs the link in the address where there is a token', async () => {
    const { app } = await guardedApp();
    const address = 'http://localhost:8470/embed/graph';
    expect((await ask(app, address)).statusCode).toBe(401);
    expect((await ask(app, `${address}?link=${linkTo()}`)).statusCode).toBe(200);
    expect((await ask(app, `${address}?link=${linkTo()}&namespace=secret-bank`)).statusCode).toBe(403);
    expect((await ask(app, address, '&format=xml')).statusCode).toBe(501);
  });

  it('escapes what it was given', async () => {
    const { html } = (
      await ask(await openApp(), `http://localhost:8470/embed/graph?focus="><script>x</script>`)
    ).json();
    expect(html).not.toContain('<script>');
    expect(html.match(/"/g)).toHaveLength(12); // of six attributes
  });
});

describe('POST /api/embed-link', () => {
  const post = (app: FastifyInstance, body: object, headers = {}) =>
    app.inject({ method: 'POST', url: '/api/embed-link', payload: body, headers: { ...LOCAL, ...headers } });
  const bearer = { authorization: `Bearer ${TOKEN}` };

  it('makes a link that opens what was asked for', async () => {
    const { app } = await guardedApp();
    const answer = await post(app, { namespace: ['shop'], view: 'badge', validFor: '2h' }, bearer);
    expect(answer.json()).toMatchObject({ keyId: KEY.id, expiresAt: '2026-11-23T17:47:10.000Z' });
    const url = `/embed/badge.svg?link=${answer.json().link}`;
    expect((await app.inject({ url, headers: LOCAL })).statusCode).toBe(200);
  });

  const SHOP = { namespace: ['shop'] };
  it.each([
    [{}, /at least one, or allNamespaces/],
    [{ ...SHOP, allNamespaces: true }, /nothing beside/],
    [{ ...SHOP, validFor: '30m' }, /1h to 90d/],
    [{ ...SHOP, validFor: '91d' }, /1h to 90d/],
    [{ namespace: ['No'] }, /DNS-1123/],
    [{ ...SHOP, view: 'tap' }, /graph, picture, badge/],
    [{ forever: true }, /only the parameters/],
  ])('refuses %o', async (body, allowed) => {
    const { app } = await guardedApp();
    const answer = await post(app, body, bearer);
    expect([answer.statusCode, answer.json().allowed]).toEqual([400, expect.stringMatching(allowed)]);
  });

  it('is not for pages of other sites, nor without a key', async () => {
    const { app } = await guardedApp();
    expect((await post(app, {}, { ...bearer, origin: 'https://evil.example' })).statusCode).toBe(403);
    const answer = await post(await openApp(), SHOP);
    expect([answer.statusCode, answer.json().remedy]).toEqual([
      409,
      expect.stringContaining('--embed-key-file'),
    ]);
  });
});

it('GET /api/about says who may frame, and whether a link is needed', async () => {
  const { app } = await guardedApp();
  const about = await app.inject({
    url: '/api/about',
    headers: { ...LOCAL, authorization: `Bearer ${TOKEN}` },
  });
  expect(about.json().embed).toEqual({
    ancestors: ['https://wiki.example.com'],
    canSign: true,
    needsLink: true,
    mostDays: 90,
  });
});
