// Gateways, clouds and logins in front of a store: what comes through all the same, and what is said when nothing does.

import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  envelope,
  type HttpStore,
  type SeenRequest,
  startHttpStore,
} from '../../../test/inputs/http-store.ts';
import type { SourceError } from '../source-error.ts';
import { createPrometheusClient, type PrometheusClient } from './client.ts';

const NOW = { tier: 'traffic', atSeconds: 1_795_448_830 };
const HTML = { 'content-type': 'text/html' };

let store: HttpStore;
let client: PrometheusClient;
beforeEach(async () => {
  store = await startHttpStore();
  client = createPrometheusClient({ url: store.url });
});
afterEach(async () => {
  await client.close();
  await store.close();
});

type Answering = (response: ServerResponse, request: SeenRequest) => void;

async function trouble(query = 'x'): Promise<SourceError> {
  return client.query(query, NOW).then(
    (rows) => Promise.reject(new Error(`no trouble but ${rows.length} rows`)),
    (error) => error,
  );
}

const asked = () => store.seen.map(({ method, form }) => `${method} ${form.get('query')}`);

describe('a gateway that lets only GET through', () => {
  const refusals: Record<string, Answering> = {
    '403 of a rule that knows no create': (response) => response.writeHead(403).end('Forbidden\n'),
    '405': (response) => response.writeHead(405).end(),
    '405 in the words of the store': (response) =>
      response.writeHead(405).end('{"status":"error","errorType":"bad_data","error":"method not allowed"}'),
    '500 of Grafana': (response) =>
      response.writeHead(500).end('{"message":"Internal Server Error","traceId":""}'),
    '400 of prom-label-proxy': (response) => response.writeHead(400).end('Bad Request.\n'),
    '404 of a route for GET alone': (response) => response.writeHead(404, HTML).end('<html>404</html>'),
    '411': (response) => response.writeHead(411).end(),
    '501': (response) => response.writeHead(501).end('not implemented'),
    '400 of a store whose question was lost on the way': (response) =>
      response
        .writeHead(400)
        .end(
          '{"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": unknown position: parse error: no expression found in input"}',
        ),
    '400 of one that misses it': (response) =>
      response.writeHead(400).end('{"status":"error","errorType":"400","error":"missing `query` arg"}'),
    'a page with 200': (response) => response.writeHead(200, HTML).end('<html>blocked</html>'),
  };

  it.each(Object.entries(refusals))('and says so with %s is asked by GET from then on', async (_, refuse) => {
    store.answer = (response, request) =>
      request.method === 'POST' ? refuse(response, request) : response.end(envelope([{ value: [1, '7'] }]));
    expect(await client.query('x', NOW)).toEqual([{ labels: {}, value: 7 }]);
    await client.query('y', NOW);
    await client.queryRange('z', { tier: 'history', startSeconds: 0, endSeconds: 1, stepSeconds: 1 });
    expect(asked()).toEqual(['POST x', 'GET x', 'GET y', 'GET z']);
  });

  it('is told from a store that refuses the question itself', async () => {
    store.answer = (response) =>
      response.writeHead(400).end('{"status":"error","errorType":"bad_data","error":"parse error"}');
    await trouble();
    expect(asked()).toEqual(['POST x']);
  });

  it.each([401, 429, 502, 503, 504])('is not what says %d', async (status) => {
    store.answer = (response) => response.writeHead(status).end('later');
    await trouble();
    expect(asked()).toEqual(['POST x']);
  });

  it('is tried again when it refused both', async () => {
    store.answer = (response) => response.writeHead(403).end('Forbidden\n');
    expect((await trouble()).message).toContain('403: Forbidden');
    store.answer = (response) => response.end(envelope([]));
    await client.query('y', NOW);
    expect(asked()).toEqual(['POST x', 'GET x', 'POST y']);
  });
});

describe('a question that is too long for the way', () => {
  const branch = (name: string) =>
    `label_replace(sum by (a) (rate(${name}{b=~"c or d",e="("}[10s])), "n", "${name}", "", "")`;
  const BRANCHES = Array.from({ length: 60 }, (_, i) => branch(`metric_number_${i}`));
  const QUESTION = BRANCHES.join(' or ');
  const rowOf = (n: string, value = '1') => ({ metric: { n }, value: [1, value] });

  /** As nginx does it: addresses up to so many bytes. */
  const narrow =
    (bytes: number, status: number): Answering =>
    (response, { method, form }) => {
      if (method === 'POST') return response.writeHead(405).end();
      if (form.toString().length > bytes)
        return response.writeHead(status, HTML).end('<html>too long</html>');
      const names = [...(form.get('query') ?? '').matchAll(/"n", "(\w+)"/g)].map(([, name]) => name ?? '');
      return response.end(envelope(names.map((name) => rowOf(name))));
    };

  it.each([414, 431, 400])(
    '(%d) is asked in as few parts as fit, and the length is remembered',
    async (status) => {
      store.answer = narrow(6_000, status);
      const rows = await client.query(QUESTION, NOW);
      expect(rows.map(({ labels }) => labels['n'])).toEqual(BRANCHES.map((_, i) => `metric_number_${i}`));
      const first = store.seen.length;
      await client.query(QUESTION, NOW);
      expect(store.seen.length - first).toBeLessThanOrEqual(3);
      expect(store.seen.slice(first).every(({ form }) => form.toString().length <= 6_000)).toBe(true);
    },
  );

  it('is put together as `or` does it: of equal label sets the first counts', async () => {
    store.answer = (response, { method, form }) => {
      if (method === 'POST') return response.writeHead(405).end();
      const query = form.get('query') ?? '';
      if (query.length > 3_000) return response.writeHead(414).end();
      return response.end(envelope([{ metric: { z: '1', n: 'same' }, value: [1, String(query.length)] }]));
    };
    const rows = await client.query(`${'a'.repeat(2_500)} or ${'b'.repeat(2_600)}`, NOW);
    expect(rows).toEqual([{ labels: { z: '1', n: 'same' }, value: 2_500 }]);
  });

  it('is refused with its length where it has no parts', async () => {
    store.answer = narrow(3_000, 414);
    const { kind, message, remedy } = await trouble(branch('x'.repeat(4_000)));
    expect(kind).toBe('too-much');
    expect(message).toMatch(/answered 414 to a question of \d{4} bytes in the address/);
    expect(remedy).toContain('large_client_header_buffers');
  });

  it('is posted in parts where the body is too long', async () => {
    store.answer = (response, { form }) =>
      form.toString().length > 5_000 ? response.writeHead(413).end() : response.end(envelope([]));
    await client.query(QUESTION, NOW);
    expect(store.seen.every(({ method }) => method === 'POST')).toBe(true);
  });
});

describe('a store that is elsewhere', () => {
  it.each([301, 302, 307, 308])(
    '(%d) is told with its address, which is the flag to give',
    async (status) => {
      store.answer = (response, { path }) =>
        response
          .writeHead(status, { ...HTML, location: `https://prometheus.example.com/base${path}?query=x` })
          .end('<html>');
      const { message, remedy } = await trouble();
      expect(message).toContain(`answered ${status}: it has moved to https://prometheus.example.com/base`);
      expect(remedy).toContain('--prometheus https://prometheus.example.com/base');
      expect(asked()).toEqual(['POST x']);
    },
  );

  it('is told from a login, whose address may hold a secret', async () => {
    store.answer = (response) =>
      response
        .writeHead(302, { location: 'https://sso.example.com/authorize?state=s3cret&redirect=/api/v1/query' })
        .end();
    const { kind, message, remedy } = await trouble();
    expect(kind).toBe('refused');
    expect(message).toContain('leads to https://sso.example.com/authorize');
    expect(message).not.toContain('s3cret');
    expect(remedy).toContain('login page');
  });
});

describe('a refusal', () => {
  const OPENSHIFT =
    'Forbidden (user=system:serviceaccount:a:b, verb=get, resource=prometheuses, subresource=api)\n';
  it.each<[string, number, string, Record<string, string>, RegExp, RegExp]>([
    [
      'Amazon',
      403,
      '{"message":"Missing Authentication Token"}',
      {},
      /403: Missing Authentication Token$/,
      /SigV4/,
    ],
    [
      'Amazon, without the right',
      403,
      '{"Message":"User: arn:aws:iam::1:user/x is not authorized to perform: aps:QueryMetrics"}',
      {},
      /not authorized to perform: aps:QueryMetrics$/,
      /SigV4/,
    ],
    [
      'Google',
      401,
      '{"error":{"code":401,"message":"Request had invalid authentication credentials.","status":"UNAUTHENTICATED"}}',
      {},
      /401: Request had invalid authentication credentials\. \(UNAUTHENTICATED\)$/,
      /Monitoring Viewer/,
    ],
    [
      'Google, in a list',
      403,
      '[{"error":{"code":403,"message":"Permission monitoring.timeSeries.list denied","status":"PERMISSION_DENIED"}}]',
      {},
      /Permission monitoring\.timeSeries\.list denied/,
      /Monitoring Viewer/,
    ],
    [
      'Azure',
      401,
      '',
      {
        'www-authenticate':
          'Bearer authorization_uri="https://login.microsoftonline.com/t", error="invalid_token", error_description="The token has expired"',
      },
      /401: The token has expired$/,
      /./,
    ],
    [
      'Grafana Cloud',
      401,
      '{"status":"error","errorType":"bad_data","error":"authentication error: invalid scope requested"}',
      {},
      /invalid scope requested$/,
      /metrics:read/,
    ],
    ['OpenShift', 403, OPENSHIFT, {}, /403: Forbidden \(user=system/, /cluster-monitoring-view/],
    ['Mimir', 401, 'no org id\n', {}, /401: no org id$/, /X-Scope-OrgID/],
    [
      'a login page',
      403,
      '<html><head><title> Log in </title>',
      HTML,
      /403: a web page, "Log in"$/,
      /--prometheus-token-file/,
    ],
    [
      'a bare one',
      401,
      '',
      { 'www-authenticate': 'Basic realm="metrics"' },
      /401: Basic realm="metrics"$/,
      /--prometheus-user/,
    ],
    [
      'a proxy of Linkerd',
      403,
      '',
      { 'l5d-proxy-error': 'unauthorized request' },
      /unauthorized request/,
      /policy of its chart/,
    ],
  ])('of %s is told in its words', async (_, status, body, headers, message, remedy) => {
    store.answer = (response) => response.writeHead(status, headers).end(body);
    const error = await trouble();
    expect(error.kind).toBe('refused');
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
  });
});

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
  ])('that comes as %s is read, whoever packed it', async (encoding, pack) => {
    store.answer = (response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(envelope([{ value: [1, '7'] }])));
    expect(await client.query('x', NOW)).toEqual([{ labels: {}, value: 7 }]);
  });

  it('that comes in many pieces is read', async () => {
    const text = envelope([{ metric: { a: '€' }, value: [1, '7'] }]);
    store.answer = async (response) => {
      for (const byte of Buffer.from(text)) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    };
    expect(await client.query('x', NOW)).toEqual([{ labels: { a: '€' }, value: 7 }]);
  });

  it.each([
    ['rows that are none', envelope([1, 'x'])],
    ['a row of nothing', envelope([null])],
    ['labels that are numbers', envelope([{ metric: { a: 1 }, value: [1, '1'] }])],
    ['labels in a list', envelope([{ metric: ['a'], value: [1, '1'] }])],
    ['a value of nothing', envelope([{ metric: {}, value: [1, null] }])],
    ['a value that is no pair', envelope([{ metric: {}, value: 'x' }])],
    ['JSON that is nested too deep', '['.repeat(3_000_000)],
    ['a row that is nested too deep', `{"status":"success","data":{"result":[${'['.repeat(3_000_000)}`],
    ['half a row', '{"status":"success","data":{"result":[{"metric":{"a":'],
    ['nothing of the kind', 'null'],
    ['an unknown packing', gzipSync('x'), 'lzma'],
    ['a packing that is none', '{"status":"success"}', 'gzip'],
  ])('of %s is a fault of the store, said in words', async (_, body, encoding = '') => {
    store.answer = (response) => response.writeHead(200, { 'content-encoding': encoding }).end(body);
    expect(await trouble()).toMatchObject({ source: 'prometheus', kind: 'bad-answer' });
  });

  it('leaves out what has no plain value', async () => {
    const histogram = { metric: { a: '1' }, histogram: [1, { count: '1', sum: '1' }] };
    store.answer = (response) => response.end(envelope([histogram, { metric: { a: '2' }, value: [1, '3'] }]));
    expect(await client.query('x', NOW)).toEqual([{ labels: { a: '2' }, value: 3 }]);
  });

  it('of 30 MB of the smallest rows holds no more than is meant for it', async () => {
    const rows = Buffer.from(',{"value":[1,"1"]}'.repeat(50_000));
    store.answer = (response) => {
      response.write('{"status":"success","data":{"result":[{}');
      for (let i = 0; i < 34; i += 1) response.write(rows);
      response.end(']}}');
    };
    expect(await trouble()).toMatchObject({
      kind: 'too-much',
      message: expect.stringMatching(/more than 500000 series/),
    });
  });

  it('waits for room where others that are read at once take it', async () => {
    const tight = createPrometheusClient({ url: store.url, maxBytes: 3 << 20 });
    const half = envelope([{ metric: { a: 'x'.repeat(1_700_000) }, value: [1, '1'] }]);
    store.answer = (response) =>
      void response.write(half.slice(0, -10), () => setTimeout(() => response.end(half.slice(-10)), 300));
    const all = await Promise.all(['a', 'b', 'c'].map((query) => tight.query(query, NOW)));
    expect(all.map((rows) => rows.length)).toEqual([1, 1, 1]);
    await tight.close();
  });
});

describe('a server that says in plain words what it lacks', () => {
  it.each([
    ['requestURI: "/api/v1/query"; unsupported path requested: "/api/v1/query"', '/select/0/prometheus'],
    ['missing route for http://vmauth:8427/api/v1/query', '/select/0/prometheus'],
    ['Bad request. The "namespace" query parameter must be provided.', 'base of a Prometheus'],
  ])('is heard: %s', async (words, remedy) => {
    store.answer = (response) => response.writeHead(400, { 'content-type': 'text/plain' }).end(`${words}\n`);
    const { message, remedy: advice } = await trouble();
    expect(message).toContain(`answered 400: ${words}`);
    expect(advice).toContain(remedy);
  });
});

describe('a store that answers in part', () => {
  it.each([
    ['isPartial of VictoriaMetrics', { isPartial: true }, {}, 'isPartial'],
    ['a header of M3', {}, { 'M3-Results-Limited': 'max_fetch_series_limit_applied' }, 'max_fetch_series'],
  ])('says so by %s', async (_, more, headers, words) => {
    store.answer = (response) => response.writeHead(200, headers).end(envelope([], more));
    const warnings: string[] = [];
    await client.query('x', { ...NOW, onWarnings: (some) => warnings.push(...some) });
    expect(warnings.join()).toContain(words);
  });

  it('has no rows where its list is null', async () => {
    store.answer = (response) => response.end(envelope(null));
    expect(await client.query('x', NOW)).toEqual([]);
  });
});
