import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { envelope, type HttpStore, startHttpStore } from '../../../test/inputs/http-store.ts';
import { SourceError } from '../source-error.ts';
import { createPrometheusClient, type PrometheusClient, type PrometheusClientOptions } from './client.ts';

const NOW = { tier: 'traffic', atSeconds: 1_795_448_830 };

let store: HttpStore;
let folder: string;
const clients: PrometheusClient[] = [];

beforeEach(async () => {
  store = await startHttpStore();
  folder = await mkdtemp(join(tmpdir(), 'latchwork-client-'));
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await store.close();
  await rm(folder, { recursive: true });
});

function create(options: Partial<PrometheusClientOptions> = {}): PrometheusClient {
  const client = createPrometheusClient({ url: store.url, ...options });
  clients.push(client);
  return client;
}

function answering(status: number, body: string, type = 'application/json') {
  store.answer = (response) => response.writeHead(status, { 'content-type': type }).end(body);
}

async function troubleOf(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  return error;
}

describe('client.query(text, options)', () => {
  it('posts a form below the base path, with the moment and how long the store may take', async () => {
    await create({ url: `${store.url}/select/0/prometheus/`, timeoutMs: 5000 }).query('up{a="1"}', NOW);
    expect(store.seen).toMatchObject([{ method: 'POST', path: '/select/0/prometheus/api/v1/query' }]);
    expect(Object.fromEntries(store.seen[0]!.form)).toEqual({
      query: 'up{a="1"}',
      time: '1795448830',
      timeout: '5000ms',
    });
  });

  it('reads labels and values, infinite ones and NaN as PromQL has them', async () => {
    const row = (value: string) => ({ metric: { pod: 'web' }, value: [1, value] });
    answering(200, envelope([row('0.5'), row('+Inf'), row('-Inf'), row('NaN')]));
    const samples = await create().query('x', NOW);
    expect(samples.map(({ value }) => value)).toEqual([0.5, Number.POSITIVE_INFINITY, -Infinity, Number.NaN]);
    expect(samples[0]?.labels).toEqual({ pod: 'web' });
  });

  it('turns to GET for good where POST is not allowed', async () => {
    store.answer = (response, { method }) => {
      if (method === 'POST') response.writeHead(405).end();
      else response.end(envelope([]));
    };
    const client = create();
    await client.query('x', NOW);
    await client.query('y', NOW);
    expect(store.seen.map(({ method, form }) => `${method} ${form.get('query')}`)).toEqual([
      'POST x',
      'GET x',
      'GET y',
    ]);
  });

  it('sends extra headers and basic authentication', async () => {
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, 's3cret\n');
    await create({ user: 'reader', passwordFile, headers: { 'X-Scope-OrgID': 'shop' } }).query('x', NOW);
    expect(store.seen[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('reader:s3cret').toString('base64')}`,
      'x-scope-orgid': 'shop',
    });
  });

  it('reads a token again when its file changed, and says which file when it is gone', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'first');
    const client = create({ tokenFile });
    await client.query('x', NOW);
    await writeFile(tokenFile, 'the second');
    await client.query('x', NOW);
    expect(store.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer the second',
    ]);
    await rm(tokenFile);
    const trouble = await troubleOf(client.query('x', NOW));
    expect(trouble).toMatchObject({ kind: 'refused', message: expect.stringContaining(tokenFile) });
    expect(`${trouble.message} ${trouble.remedy}`).not.toContain('second');
  });

  it('unpacks what comes over a line, and does not ask for that on the own machine', async () => {
    store.answer = (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(envelope([{ value: [1, '7'] }])));
    expect(await create().query('x', NOW)).toEqual([{ labels: {}, value: 7 }]);
    expect(store.seen[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('names what is behind a forwarded port, and has its answers packed: the line begins there', async () => {
    const client = create({ behind: 'Prometheus of the cluster' });
    await client.query('x', NOW);
    expect(store.seen[0]?.headers['accept-encoding']).toBe('gzip');
    answering(503, JSON.stringify({ status: 'error', errorType: 'unavailable', error: 'no pod is ready' }));
    expect(await troubleOf(client.query('x', NOW))).toMatchObject({
      kind: 'unreachable',
      message: 'Prometheus of the cluster answered 503: no pod is ready',
    });
  });

  it('has at most four in flight, the others in order', async () => {
    store.answer = async (response) => {
      await sleep(20);
      response.end(envelope([]));
    };
    const client = create();
    await Promise.all(Array.from({ length: 12 }, (_, index) => client.query(`q${index}`, NOW)));
    expect(store.mostRunning).toBe(4);
    expect(store.seen.slice(4).map(({ form }) => form.get('query'))).toEqual(
      Array.from({ length: 8 }, (_, index) => `q${index + 4}`),
    );
  });

  it('hangs up when it is no longer wanted, and lets the next one in', async () => {
    store.answer = () => undefined;
    const client = create({ maxInFlight: 1 });
    const first = new AbortController();
    const waiting = new AbortController();
    const asked = client.query('hang', { ...NOW, signal: first.signal });
    const queued = client.query('never', { ...NOW, signal: waiting.signal });
    const next = client.query('next', NOW);
    waiting.abort(new Error('left'));
    await expect(queued).rejects.toThrow('left');
    await expect.poll(() => store.seen.length).toBe(1);
    store.answer = (response) => response.end(envelope([]));
    first.abort(new Error('left too'));
    await expect(asked).rejects.toThrow();
    expect(await next).toEqual([]);
    await expect.poll(() => store.running).toBe(0);
    expect(store.seen.map(({ form }) => form.get('query'))).toEqual(['hang', 'next']);
  });

  it('tells how long it took and how it went', async () => {
    const observed: string[] = [];
    let took = -1;
    const client = create({
      observe: (tier, seconds, outcome) => observed.push(`${tier} ${outcome} ${seconds >= 0}`),
    });
    await client.query('x', { ...NOW, onTook: (seconds) => (took = seconds) });
    answering(403, '');
    await troubleOf(client.query('x', { ...NOW, tier: 'latency' }));
    expect(observed).toEqual(['traffic ok true', 'latency refused true']);
    expect(took).toBeGreaterThanOrEqual(0);
  });

  it('passes on remarks that rows may be missing, not those about the query', async () => {
    const warnings = ['PromQL info: metric might not be a counter', 'store 10.0.0.7 is away'];
    answering(200, envelope([], { warnings }));
    const heard: string[] = [];
    await create().query('x', { ...NOW, onWarnings: (more) => heard.push(...more) });
    expect(heard).toEqual(['store 10.0.0.7 is away']);
  });
});

describe('client.queryRange(text, options)', () => {
  it('asks for a line of points', async () => {
    answering(
      200,
      envelope([
        {
          metric: { pod: 'web' },
          values: [
            [10, '1'],
            [20, 'NaN'],
          ],
        },
      ]),
    );
    const range = { tier: 'history', startSeconds: 10, endSeconds: 20, stepSeconds: 10 };
    const [line] = await create().queryRange('x', range);
    expect(line).toEqual({
      labels: { pod: 'web' },
      points: [
        [10, 1],
        [20, Number.NaN],
      ],
    });
    expect(store.seen[0]?.path).toBe('/api/v1/query_range');
    expect(Object.fromEntries(store.seen[0]!.form)).toMatchObject({ start: '10', end: '20', step: '10' });
  });
});

describe('trouble with Prometheus', () => {
  const HTML = '<!doctype html><title>Sign in</title>';
  const failed = (errorType: string, error: string) => JSON.stringify({ status: 'error', errorType, error });

  it.each([
    ['a login page', 200, HTML, 'bad-answer', /HTML instead of JSON/, /login page/],
    ['a redirect', 302, '', 'bad-answer', /302 with nothing/, /login page/],
    ['nothing', 200, '', 'bad-answer', /200 with nothing/, /query API/],
    ['half an answer', 200, '{"status":"success","data":{"resu', 'bad-answer', /half of it/, /query API/],
    ['another JSON', 200, '{"hello":1}', 'bad-answer', /another shape/, /query API/],
    ['500 as HTML', 500, HTML, 'bad-answer', /500 with HTML/, /in trouble/],
    ['a start', 503, 'Service Unavailable', 'bad-answer', /503/, /starting/],
    ['401', 401, '', 'refused', /401/, /--prometheus-token-file/],
    ['403', 403, HTML, 'refused', /403/, /AuthorizationPolicy/],
    ['404', 404, 'not found', 'bad-answer', /404/, /base path/],
    ['429', 429, '', 'too-much', /429/, /limit/],
    ['413', 413, '', 'too-much', /413/, /limit/],
    [
      'a query that it refuses',
      400,
      failed('bad_data', 'parse error: x'),
      'bad-answer',
      /parse error/,
      /refused/,
    ],
    ['a slow query', 503, failed('timeout', 'query timed out'), 'timed-out', /gave up/, /query\.timeout/],
    [
      'slow data',
      422,
      failed('execution', 'expanding series: context deadline exceeded'),
      'timed-out',
      /gave up/,
      /./,
    ],
    [
      'a large query',
      422,
      failed('execution', 'query processing would load too many samples into memory'),
      'too-much',
      /too large/,
      /max-samples/,
    ],
    [
      'doubles',
      422,
      failed('execution', 'found duplicate series for the match group {secret="x"}'),
      'bad-answer',
      /twice, which cannot be joined$/,
      /--matcher/,
    ],
  ] as const)('%s is said in words', async (_name, status, body, kind, message, remedy) => {
    answering(status, body, 'text/plain');
    const trouble = await troubleOf(create().query('x', NOW));
    expect(trouble).toMatchObject({ source: 'prometheus', kind });
    expect(trouble.message).toMatch(message);
    expect(trouble.message).toContain(`${store.url}/api/v1/query`);
    expect(trouble.remedy).toMatch(remedy);
  });

  it('tells one that hangs from one that is slow in the middle: both timed out', async () => {
    store.answer = () => undefined;
    expect(await troubleOf(create({ timeoutMs: 100 }).query('x', NOW))).toMatchObject({
      kind: 'timed-out',
      message: expect.stringContaining('did not answer within 0.1 s'),
    });
    store.answer = (response) => void response.writeHead(200).write('{"status":');
    expect(await troubleOf(create({ timeoutMs: 100 }).query('x', NOW))).toMatchObject({ kind: 'timed-out' });
  });

  it('tells one that nobody listens for, with what to do', async () => {
    const { url } = store;
    await store.close();
    const trouble = await troubleOf(create({ url }).query('x', NOW));
    expect(trouble).toMatchObject({
      kind: 'unreachable',
      message: `${url}/api/v1/query cannot be reached: nothing listens there`,
    });
    expect(trouble.remedy).toContain('port-forward');
    store = await startHttpStore();
  });

  it('tells a connection that was cut in the middle of the answer', async () => {
    store.answer = (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"status":"succ', () => response.destroy());
    };
    expect(await troubleOf(create().query('x', NOW))).toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/cannot be reached: the connection was cut$/),
      remedy: expect.stringContaining('see whether it restarts'),
    });
  });

  it('gives up on an answer that is too long, packed or not', async () => {
    const long = envelope([{ metric: { a: 'x'.repeat(3_000_000) }, value: [1, '1'] }]);
    answering(200, long);
    const client = create({ maxBytes: 2 * 1024 * 1024 });
    expect(await troubleOf(client.query('x', NOW))).toMatchObject({
      kind: 'too-much',
      message: expect.stringContaining('more than 2 MiB'),
    });
    store.answer = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(long));
    expect(await troubleOf(client.query('x', NOW))).toMatchObject({ kind: 'too-much' });
    answering(200, envelope([]));
    expect(await client.query('x', NOW)).toEqual([]);
  });
});
