// A store behind a proxy, as curl reaches it.

import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { chooseProxy } from '../src/network/proxy-choice.ts';
import { createPrometheusClient } from '../src/sources/prometheus/client.ts';
import { type FakeProxy, startHttpProxy, startSocksProxy } from './inputs/fake-proxy.ts';
import { type HttpStore, startHttpStore } from './inputs/http-store.ts';

const NOW = { tier: 'traffic', atSeconds: 1_795_448_830 };
const URL_OF_STORE = 'http://store.corp.example:9090/base';

let store: HttpStore;
beforeEach(async () => {
  store = await startHttpStore();
});
afterEach(() => store.close());

function clientThrough(proxy: FakeProxy, environment: Record<string, string>) {
  const client = createPrometheusClient({
    url: URL_OF_STORE,
    proxy: chooseProxy(URL_OF_STORE, environment, { knowsAllProxy: true }),
    timeoutMs: 2_000,
  });
  onTestFinished(async () => {
    await client.close();
    await proxy.close();
  });
  return client;
}

describe('a store behind a proxy', () => {
  it('is asked by its whole address, with the login of the proxy', async () => {
    const proxy = await startHttpProxy({ to: store.port });
    const client = clientThrough(proxy, { http_proxy: `http://ada:s3cret@127.0.0.1:${proxy.port}` });
    expect(await client.query('x', NOW)).toEqual([]);
    expect(proxy.seen).toEqual(['POST http://store.corp.example:9090/base/api/v1/query']);
    expect(proxy.logins).toEqual([`Basic ${Buffer.from('ada:s3cret').toString('base64')}`]);
    expect(store.seen).toMatchObject([
      { path: '/base/api/v1/query', headers: { host: 'store.corp.example:9090' } },
    ]);
  });

  it('is reached by the SOCKS5 of ALL_PROXY', async () => {
    const proxy = await startSocksProxy({ to: store.port });
    const client = clientThrough(proxy, { ALL_PROXY: `socks5h://127.0.0.1:${proxy.port}` });
    expect(await client.query('x', NOW)).toEqual([]);
    expect(proxy.seen).toEqual(['SOCKS store.corp.example:9090']);
  });

  it.each([
    [407, 'refused', /wants a login/],
    [502, 'bad-answer', /through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTP_PROXY\) answered 502/],
  ])('is not what is blamed alone when the proxy answers %d', async (status, kind, said) => {
    const proxy = await startHttpProxy({ to: store.port });
    proxy.refuse = status;
    const client = clientThrough(proxy, { HTTP_PROXY: `http://me:hunter2@127.0.0.1:${proxy.port}` });
    const fault = await client.query('x', NOW).catch((error) => error);
    expect(fault).toMatchObject({ kind, message: expect.stringMatching(said) });
    expect(`${fault.message} ${fault.remedy}`).not.toContain('hunter2');
  });

  it('is not what is blamed when nobody is where the proxy should be', async () => {
    const proxy = await startHttpProxy({ to: store.port });
    await proxy.close();
    for (const scheme of ['http', 'socks5']) {
      const client = clientThrough(proxy, { HTTP_PROXY: `${scheme}://127.0.0.1:${proxy.port}` });
      await expect(client.query('x', NOW)).rejects.toMatchObject({
        kind: 'unreachable',
        message: expect.stringContaining(
          `127.0.0.1:${proxy.port} (HTTP_PROXY) cannot be reached: nothing listens there`,
        ),
        remedy: 'correct HTTP_PROXY, or leave store.corp.example out of it with NO_PROXY',
      });
    }
  });
});
