import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SourceError } from '../src/sources/source-error.ts';
import { createTapClient } from '../src/sources/tap/client.ts';
import type { TapPart } from '../src/sources/tap/tap-part.ts';
import type { TapTarget } from '../src/sources/tap/target.ts';
import { createHttpTapTransport } from '../src/sources/tap/transport.ts';
import { errorBytes, recordedBytes, recordedEvents, recordedMeta, toPart } from './inputs/recorded-tap.ts';

const RECORDING = 'fulfilment_deployment_orders-2026-11-23T15-45-19-867Z';
const ORDERS: TapTarget = { namespace: 'fulfilment', workload: { kind: 'deployment', name: 'orders' } };
const STREAM = { 'content-type': 'application/octet-stream' };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Watches until the stream fails or ends. */
async function watchOnce(url: string, { reopen = true, target = ORDERS } = {}) {
  const client = createTapClient({
    url,
    transport: createHttpTapTransport(url),
    reopen,
    random: () => 0.5,
    firstBackoffMs: 60_000,
  });
  const parts: TapPart[] = [];
  const lost: string[] = [];
  const failure = await new Promise<SourceError | null>((resolve) => {
    const stop = client.watch(
      { target, maxRps: 100, headers: true },
      {
        part: (part) => parts.push(part),
        lost: (reason) => lost.push(reason),
        failed: resolve,
        ended: () => resolve(null),
      },
    );
    onTestFinished(stop);
  });
  return { parts, lost, failure };
}

describe('a tap', () => {
  it('asks as Linkerd wants it, and hands out what the stream says', async () => {
    const asked: { url: string | undefined; method: string | undefined; body: string }[] = [];
    const url = await serve((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => {
        asked.push({
          url: request.url,
          method: request.method,
          body: Buffer.concat(pieces).toString('base64'),
        });
        response.writeHead(200, STREAM);
        const bytes = recordedBytes(RECORDING);
        for (let at = 0; at < bytes.length; at += 1_000) response.write(bytes.subarray(at, at + 1_000));
        response.end();
      });
    });
    const { parts, lost, failure } = await watchOnce(url, { reopen: false });
    const { path, request } = recordedMeta('tap', RECORDING);
    expect(asked).toEqual([{ url: path, method: 'POST', body: request }]);
    expect(failure).toBeNull();
    expect(lost).toEqual([]);
    expect(parts).toEqual(recordedEvents(RECORDING).map(({ event }) => toPart(event)));
  });

  it('works below a path, as behind a proxy to an API server', async () => {
    let path: string | undefined;
    const url = await serve((request, response) => {
      path = request.url;
      response.writeHead(200, STREAM).end();
    });
    await watchOnce(`${url}/k8s/clusters/c-1/`, { reopen: false });
    expect(path).toBe(`/k8s/clusters/c-1${recordedMeta('tap', RECORDING).path}`);
  });

  it('says what the tap API says with status 200', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { ...STREAM, 'linkerd-error': 'Internal Server Error' });
      response.end(errorBytes('legacy_deployment_erp'));
    });
    const { failure } = await watchOnce(url);
    expect(failure).toMatchObject({ source: 'tap', kind: 'refused' });
    expect(failure?.message).toBe(
      'tap of fulfilment/deployment/orders: no pods to tap for type="deployment" name="erp"',
    );
    expect(failure?.remedy).toContain('linkerd.io/inject=enabled');
  });

  it('says so when the header is all there is', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'linkerd-error': 'Bad Request' }).end();
    });
    expect((await watchOnce(url)).failure?.message).toContain('Bad Request');
  });

  it('takes an error in the middle of a stream for what it is', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, STREAM);
      response.end(Buffer.concat([recordedBytes(RECORDING), errorBytes('storefront_pod_nothing')]));
    });
    const { parts, failure } = await watchOnce(url, { reopen: false });
    expect(parts.length).toBe(recordedEvents(RECORDING).length);
    expect(failure?.message).toContain('pod "nothing" not found');
  });

  it.each([
    [
      403,
      '{"error":"tap authorization failed (not authorized to access deployments.tap.linkerd.io)"}',
      'refused',
      /not authorized/,
      /clusterrolebinding/,
    ],
    [
      403,
      '{"kind":"Status","message":"deployments.tap.linkerd.io \\"orders\\" is forbidden"}',
      'refused',
      /is forbidden/,
      /tap-admin/,
    ],
    [
      404,
      '{"kind":"Status","message":"the server could not find the requested resource"}',
      'refused',
      /no tap API here/,
      /install linkerd-viz/,
    ],
    [401, '{"kind":"Status","message":"Unauthorized"}', 'refused', /who asks/, /kubectl proxy/],
    [503, 'service unavailable', 'unreachable', /cannot reach the tap service/, /8089/],
    [500, '<html>oops</html>', 'bad-answer', /status 500: a web page/, /--tap-url/],
  ])('explains status %i with %s', async (status, body, kind, message, remedy) => {
    const url = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    const { failure } = await watchOnce(url);
    expect(failure?.kind).toBe(kind);
    expect(failure?.message).toMatch(message);
    expect(failure?.remedy).toMatch(remedy);
  });

  it('is not fooled by a web page with status 200', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>log in</html>');
    });
    expect((await watchOnce(url)).failure?.message).toContain('a web page instead of JSON');
  });

  it('calls bytes that are no frames no tap stream', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, STREAM).end('this is not a stream of frames');
    });
    const { failure } = await watchOnce(url);
    expect(failure?.kind).toBe('bad-answer');
    expect(failure?.message).toContain('no tap stream');
  });

  it('counts an unreadable event as lost and goes on', async () => {
    const url = await serve((_request, response) => {
      const bad = Buffer.from([4, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
      response.writeHead(200, STREAM).end(Buffer.concat([bad, recordedBytes(RECORDING)]));
    });
    const { parts, lost } = await watchOnce(url, { reopen: false });
    expect(lost).toEqual(['unreadable event']);
    expect(parts.length).toBe(recordedEvents(RECORDING).length);
  });

  it('says that a stream was cut in the middle of an event', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, STREAM).end(recordedBytes(RECORDING).subarray(0, 1_000));
    });
    expect((await watchOnce(url, { reopen: false })).failure?.message).toContain('in the middle of an event');
  });

  it('says that a connection broke', async () => {
    const url = await serve((_request, response) => {
      response
        .writeHead(200, STREAM)
        .write(recordedBytes(RECORDING).subarray(0, 1_000), () => response.destroy());
    });
    expect((await watchOnce(url)).failure?.message).toContain('the stream broke');
  });

  it('says that nobody is there', async () => {
    const { failure } = await watchOnce('http://127.0.0.1:9');
    expect(failure).toMatchObject({ kind: 'unreachable' });
    expect(failure?.message).toContain('http://127.0.0.1:9 cannot be reached: nothing listens there');
  });

  it('opens the stream again with growing pauses, and is quick again once it has seen an event', async () => {
    const answers = ['fail', 'fail', 'fail', 'stream', 'fail'];
    const url = await serve((_request, response) => {
      if (answers.shift() === 'stream') response.writeHead(200, STREAM).end(recordedBytes(RECORDING));
      else response.writeHead(503).end();
    });
    const pauses: number[] = [];
    const client = createTapClient({
      url,
      transport: createHttpTapTransport(url),
      reopen: true,
      random: () => 0.5,
      firstBackoffMs: 2,
    });
    const stop = client.watch(
      { target: ORDERS, maxRps: 100, headers: false },
      {
        part: () => undefined,
        lost: () => undefined,
        failed: (_error, againInMs) => pauses.push(againInMs),
        ended: () => undefined,
      },
    );
    onTestFinished(stop);
    await expect.poll(() => pauses.length).toBeGreaterThanOrEqual(5);
    expect(pauses.slice(0, 5)).toEqual([2, 4, 8, 2, 4]);
  });

  it('lets go of the connection when nobody watches', async () => {
    let open = 0;
    const url = await serve((_request, response) => {
      open++;
      response.writeHead(200, STREAM).write(recordedBytes(RECORDING));
      response.on('close', () => open--);
    });
    const client = createTapClient({
      url,
      transport: createHttpTapTransport(url),
      reopen: true,
      random: () => 0.5,
    });
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      const stop = client.watch(
        { target: ORDERS, maxRps: 100, headers: false },
        {
          part() {
            stop();
            resolve();
          },
          lost: (reason) => heard.push(reason),
          failed: (error) => heard.push(error.message),
          ended: () => heard.push('ended'),
        },
      );
    });
    await expect.poll(() => open).toBe(0);
    expect(heard).toEqual([]);
  });
});
