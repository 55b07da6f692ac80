import { describe, expect, it } from 'vitest';
import { SourceError } from '../src/sources/source-error.ts';
import { buildTestApp, PAGE } from './build-test-app.ts';

describe('GET /api/about', () => {
  it('says what this server is', async () => {
    const app = await buildTestApp({ args: ['--replay', '--at', '2026-11-23T15:47:10Z'] });
    expect((await app.inject('/api/about')).json()).toMatchObject({
      version: '1.2.3',
      mode: 'replay',
      at: '2026-11-23T15:47:10.000Z',
      source: 'http://prometheus.test:9090',
      latencyTargetMs: 1000,
      tap: { available: false },
    });
  });

  it('lists the clusters of the store where a matcher names one of them', async () => {
    const about = async (args: string[]) =>
      (await (await buildTestApp({ args })).inject('/api/about')).json().clusters;
    // Nobody answers there: what is known is the one that was named.
    expect(await about(['--matcher', 'cluster="east"'])).toEqual({
      label: 'cluster',
      current: 'east',
      values: ['east'],
    });
    expect(await about([])).toBeUndefined();
  });

  it('has another build for another page', async () => {
    const builds = await Promise.all(
      [PAGE, PAGE.replace('Latchwork', 'Latchwork 2'), PAGE].map(async (page) => {
        const app = await buildTestApp({ page });
        return (await app.inject('/api/about')).json().build;
      }),
    );
    expect(builds[0]).not.toBe(builds[1]);
    expect(builds[0]).toBe(builds[2]);
  });
});

describe('GET /healthz and /readyz', () => {
  it('lives, and is ready when Prometheus answers', async () => {
    const app = await buildTestApp();
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('says why it is not ready', async () => {
    const app = await buildTestApp({
      fakes: {
        checkPrometheus: async () => {
          throw new SourceError({
            source: 'prometheus',
            kind: 'unreachable',
            message: 'nobody answers',
            remedy: 'check --prometheus',
          });
        },
      },
    });
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual({
      status: 'not ready',
      message: 'nobody answers',
      remedy: 'check --prometheus',
    });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
  });
});

describe('GET /metrics', () => {
  it('has the families that the README names', async () => {
    const app = await buildTestApp();
    app.metrics.observeQuery('traffic', 0.02, 'ok');
    app.metrics.tapLost('unreadable event');
    const answer = await app.inject('/metrics');
    expect(answer.headers['content-type']).toContain('text/plain');
    for (const line of [
      'latchwork_prometheus_query_seconds_count{tier="traffic",outcome="ok"} 1',
      'latchwork_topics{topic="graph"} 0',
      'latchwork_subscribers{topic="top"} 0',
      'latchwork_tap_events_lost_total{reason="unreadable event"} 1',
      'latchwork_tap_events_total 0',
      'latchwork_sockets 0',
    ])
      expect(answer.body).toContain(line);
  });
});

describe('GET /api/docs', () => {
  it('describes every endpoint as OpenAPI for programs', async () => {
    const app = await buildTestApp();
    const { openapi, paths } = (await app.inject('/api/docs')).json();
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/api/graph',
        '/api/workloads',
        '/api/workloads/{namespace}/{kind}/{name}',
        '/api/live',
        '/api/about',
        '/healthz',
        '/readyz',
        '/metrics',
      ]),
    );
    expect(
      paths['/api/graph'].get.responses['200'].content['application/json'].schema.properties,
    ).toHaveProperty('edges');
    expect((await app.inject('/api/docs/json')).json().openapi).toBe('3.1.0');
  });

  it('and as a page for people, without script or inline style', async () => {
    const app = await buildTestApp({ args: ['--base-path', '/mesh'] });
    const answer = await app.inject({ url: '/mesh/api/docs', headers: { accept: 'text/html' } });
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('GET /mesh/api/graph');
    expect(answer.body).toContain('10s to 24h');
    expect(answer.body).not.toMatch(/<script|style="|<style/);
    const href = /href="([^"]+\.css)"/.exec(answer.body)?.[1] ?? '';
    expect((await app.inject(href)).headers['content-type']).toContain('text/css');
  });
});

describe('the page', () => {
  it('is served with its base, and never from a cache', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<head><base href="/">');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect((await app.inject('/assets/mark.svg')).headers['content-type']).toContain('image/svg+xml');
  });

  it('is what a link into it opens', async () => {
    const app = await buildTestApp();
    const answer = await app.inject({ url: '/workloads?window=5m', headers: { accept: 'text/html' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<title>Latchwork</title>');
  });

  it('is not what a missing file or endpoint opens', async () => {
    const app = await buildTestApp();
    for (const url of [
      '/assets/missing.js',
      '/assets/..%2findex.html',
      '/assets/constructor',
      '/api/nothing',
      '/nothing',
    ]) {
      const answer = await app.inject(url);
      expect(answer.statusCode).toBe(404);
      expect(answer.json().error).toBe('not-found');
    }
  });

  it('works under a base path, which the bare host leads to', async () => {
    const app = await buildTestApp({ args: ['--base-path', '/mesh/'] });
    expect((await app.inject('/mesh/')).body).toContain('<base href="/mesh/">');
    expect((await app.inject('/mesh/api/graph')).statusCode).toBe(200);
    expect((await app.inject('/mesh/assets/mark.svg')).statusCode).toBe(200);
    expect((await app.inject('/mesh?window=5m')).headers.location).toBe('/mesh/?window=5m');
    expect((await app.inject('/')).headers.location).toBe('/mesh/');
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    expect((await app.inject('/mesh/healthz')).statusCode).toBe(200);
  });

  it('finds itself behind a proxy that takes a prefix off and names it', async () => {
    const app = await buildTestApp();
    const headers = { 'x-forwarded-prefix': '/latchwork', accept: 'text/html' };
    const answer = await app.inject({ url: '/', headers });
    expect(answer.body).toContain('<base href="/latchwork/">');
    expect(answer.headers['vary']).toContain('x-forwarded-prefix');
    expect((await app.inject({ url: '/api/docs', headers })).body).toContain(
      '"/latchwork/api/docs/style.css"',
    );
    const evil = await app.inject({ url: '/', headers: { 'x-forwarded-prefix': '//evil.example.com' } });
    expect(evil.body).toContain('<base href="/">');
    const inner = await buildTestApp({ args: ['--base-path', '/mesh'] });
    expect((await inner.inject({ url: '/?window=5m', headers })).headers.location).toBe(
      '/latchwork/mesh/?window=5m',
    );
  });

  it('says how to build it when nobody has', async () => {
    const app = await buildTestApp({ page: null });
    const answer = await app.inject('/');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('pnpm build');
  });
});
