// The table of attacks on this server: those on embedded pictures stand here, and each is refused without a name; of all
// others it says which test has them.

import { describe, expect, it } from 'vitest';
import { EmbedRefusal } from '../../src/security/links/embed-refusal.ts';
import { buildTestApp, LOCAL } from '../build-test-app.ts';
import { guardedApp, KEY, linkTo, NOW_MS, neighbourly, OLD_KEY, TOKEN, WIKI } from '../embed/embed-parts.ts';

const PICTURES = [
  '/embed/graph',
  '/embed/graph.svg',
  '/embed/graph.mmd',
  '/embed/graph.dot',
  '/embed/badge.svg',
];
const forged = () => linkTo({}, 3_600, { ...KEY, secret: 'guessed'.repeat(6) });
const tampered = () => {
  const [id, payload = '', seal] = linkTo().split('.');
  const what = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const wider = Buffer.from(JSON.stringify({ ...what, n: [] })).toString('base64url');
  return `${id}.${wider}.${seal}`;
};

describe('an embedded picture is refused', () => {
  const attacks: [name: string, query: () => string, status: number, reason: RegExp][] = [
    ['without a link', () => '', 401, /needs a signed link/],
    ['with an empty link', () => '?link=', 400, /not whole/],
    ['with two links', () => `?link=${linkTo()}&link=${linkTo()}`, 400, /link/],
    ['with a tampered scope', () => `?link=${tampered()}`, 403, /changed after it was signed/],
    ['with a forged signature', () => `?link=${forged()}`, 403, /changed after it was signed/],
    ['with a cut link', () => `?link=${linkTo().slice(0, -4)}`, 400, /not whole/],
    ['when the link has expired', () => `?link=${linkTo({}, -61)}`, 410, /expired/],
    [
      'when the key is unknown',
      () => `?link=${linkTo({}, 60, { ...KEY, id: 'stolen' })}`,
      403,
      /no longer in use/,
    ],
    ['for another namespace', () => `?link=${linkTo()}&namespace=secret-bank`, 403, /does not open/],
    [
      'for one namespace more',
      () => `?link=${linkTo()}&namespace=shop&namespace=secret-bank`,
      403,
      /does not open/,
    ],
    ['with a namespace that is none', () => `?link=${linkTo()}&namespace=a%0d%0aX-Evil:1`, 400, /namespace/],
    ['with a window that is none', () => `?link=${linkTo()}&window=1y`, 400, /window/],
    ['with 501 namespaces', () => `?link=${linkTo()}${'&namespace=a'.repeat(501)}`, 400, /at most 500/],
  ];
  it.each(attacks)('%s', async (_name, query, status, reason) => {
    const { app } = await guardedApp();
    for (const path of PICTURES) {
      const answer = await app.inject({ url: path + query(), headers: { ...LOCAL, accept: 'text/html' } });
      expect([path, answer.statusCode]).toEqual([path, status]);
      expect(answer.body.replace(/<[^>]*>/g, ' ')).toMatch(reason);
      expect(answer.body).not.toMatch(/ledger|secret-bank is|at \w+ \(|\.ts:/);
      expect(answer.headers).not.toHaveProperty('x-evil');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('for another cluster of the store: a link says nothing of clusters', async () => {
    const { app } = await guardedApp();
    const viewer = { id: 'link:x', kind: 'link', role: 'viewer', groups: [], untilSeconds: null } as const;
    const grant = { viewer, namespaces: ['shop'] };
    expect(() => app.embed.graph(grant, {})).not.toThrow();
    expect(() => app.embed.graph(grant, { cluster: 'west' })).toThrow(EmbedRefusal);
  });

  it('of another kind than the link is for', async () => {
    const { app } = await guardedApp();
    const badge = linkTo({ view: 'badge' });
    const picture = linkTo({ view: 'picture' });
    for (const [link, path, status] of [
      [badge, '/embed/badge.svg', 200],
      [badge, '/embed/graph.svg', 403],
      [badge, '/embed/graph', 403],
      [picture, '/embed/badge.svg', 200],
      [picture, '/embed/graph.dot', 200],
      [picture, '/embed/graph', 403],
    ] as const)
      expect([path, (await app.inject({ url: `${path}?link=${link}`, headers: LOCAL })).statusCode]).toEqual([
        path,
        status,
      ]);
    await expect(app.injectWS(`/embed/live?link=${picture}`, { headers: LOCAL })).rejects.toThrow('403');
  });
});

describe('a signed link', () => {
  it('opens its pictures, with the newest key and the one before it, until a minute after its end', async () => {
    const { app } = await guardedApp();
    for (const link of [linkTo(), linkTo({}, 60, OLD_KEY), linkTo({}, -59)])
      for (const path of PICTURES.slice(1))
        expect((await app.inject({ url: `${path}?link=${link}`, headers: LOCAL })).statusCode).toBe(200);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/api/graph'],
    ['GET', '/api/graph?namespace=shop'],
    ['GET', '/api/workloads'],
    ['GET', '/api/workloads/shop/deployment/web'],
    ['GET', '/api/inventory'],
    ['GET', '/api/labels?label=team'],
    ['GET', '/api/object?where=shop/server/web'],
    ['GET', '/api/workloads/shop/deployment/web/events'],
    ['GET', '/api/about'],
    ['GET', '/api/docs'],
    ['GET', '/metrics'],
    ['GET', '/assets/mark.svg'],
    ['GET', '/nothing'],
    ['GET', '/embed/../api/graph'],
    ['GET', '/embed/%2e%2e/api/graph'],
    ['GET', '//api/graph'],
    ['POST', '/api/embed-link'],
  ] as const)('does not open %s %s, wherever it is put', async (method, url) => {
    const { app } = await guardedApp();
    const link = linkTo({ namespaces: [] });
    const query = `${url.includes('?') ? '&' : '?'}link=${link}`;
    for (const headers of [
      {},
      { authorization: `Bearer ${link}` },
      { cookie: `latchwork_session=${link}` },
    ]) {
      const answer = await app.inject({ method, url: url + query, headers: { ...LOCAL, ...headers } });
      expect(answer.statusCode).toBe(401);
      expect(answer.body).not.toMatch(/secret-bank|shop/);
    }
  });

  it('does not open the page’s own socket', async () => {
    const { app } = await guardedApp();
    await expect(app.injectWS(`/api/live?link=${linkTo()}`, { headers: LOCAL })).rejects.toThrow('401');
  });

  it('shows no name of another namespace in any picture', async () => {
    const { app } = await guardedApp();
    for (const path of PICTURES.slice(1)) {
      const { body } = await app.inject({ url: `${path}?link=${linkTo()}&noise=show`, headers: LOCAL });
      expect(body).not.toMatch(/secret-bank|ledger|serviceaccount|prometheus/);
    }
    const svg = await app.inject({ url: `/embed/graph.svg?link=${linkTo()}`, headers: LOCAL });
    expect(svg.body).toContain('Elsewhere');
    expect(svg.body).toContain('>web<');
  });

  it('dies with its key, without a restart', async () => {
    const { app, files } = await guardedApp();
    const url = `/embed/badge.svg?link=${linkTo({}, 60, OLD_KEY)}`;
    expect((await app.inject({ url, headers: LOCAL })).statusCode).toBe(200);
    files.writeKeys(`${KEY.id}:${KEY.secret}\n`);
    expect((await app.inject({ url, headers: LOCAL })).statusCode).toBe(403);
    files.writeKeys('');
    expect((await app.inject({ url: `/embed/badge.svg?link=${linkTo()}`, headers: LOCAL })).statusCode).toBe(
      403,
    );
  });

  it('is in no log', async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => void lines.push(line) };
    const { app } = await guardedApp({ more: { nowMs: () => NOW_MS, logger: { level: 'trace', stream } } });
    const link = linkTo();
    const evil = { host: 'evil.example' };
    await app.inject({ url: `/embed/graph?link=${link}`, headers: evil });
    await app.inject({ url: `/embed/graph.svg?namespace=shop&link=${link}`, headers: LOCAL });
    await app.inject({
      url: `/embed/oembed?url=${encodeURIComponent(`http://x/?link=${link}`)}`,
      headers: evil,
    });
    expect(lines.join('')).toContain('[link]');
    expect(lines.join('')).not.toContain(link);
  });
});

describe('who may frame what', () => {
  const ancestors = (headers: Record<string, unknown>) =>
    /frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];

  it('is the configured origin under /embed/, refused or not, and nobody anywhere else', async () => {
    const { app } = await guardedApp();
    for (const url of [`/embed/graph?link=${linkTo()}`, '/embed/graph', '/embed/oembed']) {
      const { headers } = await app.inject({ url, headers: LOCAL });
      expect(ancestors(headers)).toBe(WIKI);
      expect(headers).not.toHaveProperty('x-frame-options');
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers).not.toHaveProperty('set-cookie');
    }
    for (const url of ['/', '/api/graph', '/healthz', '/embedded', '/embed', '/login']) {
      const { headers } = await app.inject({ url, headers: LOCAL });
      expect(ancestors(headers)).toBe("'none'");
      expect(headers['x-frame-options']).toBe('DENY');
    }
  });

  it('is nobody unless somebody is named', async () => {
    const app = await buildTestApp();
    expect(ancestors((await app.inject({ url: '/embed/graph', headers: LOCAL })).headers)).toBe("'none'");
  });

  it('cannot be changed by what a request says', async () => {
    const { app } = await guardedApp();
    const { headers } = await app.inject({
      url: `/embed/graph?link=${linkTo()}&embed-ancestor=https://evil.example`,
      headers: {
        ...LOCAL,
        referer: 'https://evil.example/',
        origin: 'https://evil.example',
        'x-frame-options': 'ALLOWALL',
      },
    });
    expect(ancestors(headers)).toBe(WIKI);
    expect(JSON.stringify(headers)).not.toContain('evil');
  });

  it('has assets that a sandboxed frame may load', async () => {
    const { app } = await guardedApp();
    const { statusCode, headers } = await app.inject({ url: '/embed/assets/embed.js', headers: LOCAL });
    expect(statusCode).toBe(200);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(
      (await app.inject({ url: '/embed/assets/..%2findex.html', headers: LOCAL })).statusCode,
    ).toBeGreaterThan(399);
  });

  it('has no page in the place of an asset that is not there, however it is asked', async () => {
    const { app } = await guardedApp();
    for (const url of ['/embed/assets/x', '/%65mbed/assets/x', '/embed/assets/index', '/embed/assets/%20'])
      for (const method of ['GET', 'HEAD'] as const) {
        const headers = { ...LOCAL, accept: 'text/html' };
        const { statusCode, headers: answered, body } = await app.inject({ method, url, headers });
        expect([statusCode, answered['content-type']], url).toEqual([404, expect.stringContaining('json')]);
        expect(body).not.toContain('<');
      }
  });
});

describe('a name of a workload', () => {
  it.each([
    '</text><script>alert(1)</script>',
    '"><image href="x" onerror="alert(1)"/>',
    '&lt;b&gt;',
    "']}}\n",
  ])('such as %j is a name in every picture', async (name) => {
    const { app } = await guardedApp({ fakes: { answers: neighbourly(name) } });
    const get = async (path: string) =>
      (await app.inject({ url: path, headers: { ...LOCAL, authorization: `Bearer ${TOKEN}` } })).body;
    const svg = await get('/embed/graph.svg');
    expect(svg).not.toMatch(/<script|<image|onerror="/);
    expect(svg.match(/<svg/g)).toHaveLength(1);
    expect(await get('/embed/graph.mmd')).not.toMatch(/<script|onerror="|\n'?\]/);
    expect((await get('/embed/graph.dot')).replace(/"(\\.|[^"\\])*"/g, '')).not.toMatch(/script|onerror/);
  });
});

describe('the frame’s socket', () => {
  it.each([
    [undefined, undefined, '401'],
    ['http://evil.example', undefined, '403'],
    ['null', undefined, '403'],
    ['http://evil.example', linkTo(), '403'],
  ])('is refused to a page of %s with link %s', async (origin, link, status) => {
    const { app } = await guardedApp();
    const url = `/embed/live${link ? `?link=${link}` : ''}`;
    await expect(app.injectWS(url, { headers: { ...LOCAL, ...(origin ? { origin } : {}) } })).rejects.toThrow(
      status,
    );
  });

  it('is open to a sandboxed frame with a link, and to it alone', async () => {
    const { app } = await guardedApp();
    const headers = { ...LOCAL, origin: 'null' };
    const socket = await app.injectWS(`/embed/live?link=${linkTo()}`, { headers });
    expect(socket.readyState).toBe(socket.OPEN);
    socket.terminate();
    await expect(app.injectWS(`/api/live?link=${linkTo()}`, { headers })).rejects.toThrow('403');
    await expect(app.injectWS('/embed/live?link=x', { headers })).rejects.toThrow('400');
  });
});
