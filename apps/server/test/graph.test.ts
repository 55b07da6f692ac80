import { describe, expect, it } from 'vitest';
import { SourceError } from '../src/sources/source-error.ts';
import { buildTestApp } from './build-test-app.ts';
import { answersOf, createFakeSource, graphOf } from './inputs/fake-mesh.ts';

const down = new SourceError({
  source: 'prometheus',
  kind: 'unreachable',
  message: 'http://prometheus.test:9090 cannot be reached: nothing listens there',
  remedy: 'check --prometheus',
});

describe('GET /api/graph', () => {
  it('answers the graph of a scope', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/graph?namespace=shop&window=1m');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(graphOf({ rps: 2 }, { namespaces: ['shop'] }));
  });

  it('is 200 and empty for a namespace that nobody knows', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/graph?namespace=nowhere');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ nodes: [], edges: [] });
  });

  it('asks for the window and the moment that were asked for', async () => {
    const source = createFakeSource({ rps: 1 });
    const app = await buildTestApp({ source });
    await app.inject('/api/graph?window=90s&at=2026-11-23T15:47:10Z');
    await app.inject('/api/graph?window=1m30s&at=1795449000');
    await app.inject('/api/graph');
    expect(source.reads).toEqual([
      { windowSeconds: 90, atSeconds: 1795448830 },
      { windowSeconds: 90, atSeconds: 1795449000 },
      { windowSeconds: 60, atSeconds: null },
    ]);
  });

  it.each([
    ['window=5s', 'window', '"5s"', '10s to 24h'],
    ['window=2d', 'window', '"2d"', '10s to 24h'],
    ['window=soon', 'window', '"soon"', '10s to 24h'],
    ['window=1m&window=2m', 'window', '["1m","2m"]', '10s to 24h'],
    ['at=yesterday', 'at', '"yesterday"', 'RFC 3339'],
    ['at=2026-13-40T00:00:00Z', 'at', '"2026-13-40T00:00:00Z"', 'RFC 3339'],
    ['namespace=Shop_1', 'namespace', '["Shop_1"]', 'DNS-1123'],
    ['namespace=a&namespace=', 'namespace', '["a",""]', 'DNS-1123'],
    ['noise=maybe', 'noise', '"maybe"', 'hide, show'],
    ['cluster=west', 'cluster', '"west"', "--matcher 'cluster="],
    ['ns=shop', 'ns', '"shop"', 'namespace, window, at, noise'],
    ['__proto__=1', '__proto__', '"1"', 'namespace, window, at, noise'],
  ])('refuses %s, and says what is allowed', async (query, field, value, allowed) => {
    const app = await buildTestApp();
    const answer = await app.inject(`/api/graph?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: 'bad-parameter', field, value });
    expect(answer.json().allowed).toContain(allowed);
    expect(answer.json().message).toContain(field);
  });

  it('refuses an address that is none', async () => {
    const app = await buildTestApp();
    const answer = await app.inject('/api/workloads/%E0%A4%A/x/y');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: 'bad-address' });
  });

  it('is 502 and names the source when there is no value at all', async () => {
    const app = await buildTestApp({ source: createFakeSource(down) });
    const answer = await app.inject('/api/graph');
    expect(answer.statusCode).toBe(502);
    expect(answer.json()).toEqual({
      error: 'source-unreachable',
      message: 'http://prometheus.test:9090 cannot be reached: nothing listens there',
      source: 'prometheus',
      remedy: 'check --prometheus',
    });
  });

  it('is 504 instead of hanging when Prometheus stays silent', async () => {
    const app = await buildTestApp({ source: createFakeSource(null) });
    const answer = await app.inject('/api/graph');
    expect(answer.statusCode).toBe(504);
    expect(answer.json()).toMatchObject({ error: 'source-timed-out', source: 'prometheus' });
  });

  it('is 500 when our own answer breaks the contract, so that nothing false crosses it', async () => {
    const app = await buildTestApp({ source: createFakeSource({ rps: Number.NaN }) });
    const answer = await app.inject('/api/graph');
    expect(answer.statusCode).toBe(500);
    expect(answer.json().error).toBe('contract-breach');
  });

  it('is 500 without details when something of ours fails', async () => {
    const source = createFakeSource({ rps: 1 });
    const answers = {
      ...answersOf(source),
      graph: () => ({ read: () => Promise.reject(new Error('secret')) }),
    };
    const app = await buildTestApp({ fakes: { answers: answers as never } });
    const answer = await app.inject('/api/graph');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
  });
});
