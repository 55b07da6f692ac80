// The API server behind a proxy, as kubectl reaches it: lists, and the socket of a port-forward.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { chooseProxy } from '../../src/network/proxy-choice.ts';
import { createKubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import type { ClusterConfig } from '../../src/sources/kubernetes/kubeconfig/cluster-config.ts';
import { type FakeProxy, startHttpProxy, startSocksProxy } from '../inputs/fake-proxy.ts';
import { createTestApiServer, type TestApiServer } from './api-server.ts';
import { clusterOf } from './test-cluster.ts';

const PODS = '/api/v1/pods';

let api: TestApiServer;
beforeEach(async () => {
  api = await createTestApiServer();
  api.store.create(PODS, []);
});
afterEach(() => api.close());

/** Its name is known to nobody here: only the proxy leads there. */
function clientThrough(proxy: FakeProxy, url: string, more: Partial<ClusterConfig> = {}) {
  const cluster = {
    ...clusterOf(api),
    server: 'https://kube.corp.example:6443',
    tlsServerName: 'localhost',
    ...more,
  };
  const environment = { HTTPS_PROXY: url, HTTP_PROXY: url };
  const client = createKubernetesClient({
    cluster,
    environment,
    proxy: chooseProxy(cluster.server, environment, { knowsAllProxy: false }),
    timeoutMs: 2_000,
  });
  onTestFinished(async () => {
    await client.close();
    await proxy.close();
  });
  return client;
}

const to = () => Number(new URL(api.url).port);

describe('an API server behind a proxy', () => {
  it('is reached by CONNECT, with the login of the proxy, over connections that are kept', async () => {
    const proxy = await startHttpProxy({ to: to() });
    const client = clientThrough(proxy, `http://ada:pass%40word@127.0.0.1:${proxy.port}`);
    for (let index = 0; index < 20; index += 1) await client.json(PODS);
    expect(new Set(proxy.seen)).toEqual(new Set(['CONNECT kube.corp.example:6443']));
    expect(proxy.seen.length).toBeLessThanOrEqual(2);
    expect(proxy.logins.slice(0, 1)).toEqual([`Basic ${Buffer.from('ada:pass@word').toString('base64')}`]);
  });

  it.each([undefined, { user: 'ada', password: 'pass@word' }])(
    'is reached by SOCKS5, login %j',
    async (login) => {
      const proxy = await startSocksProxy({ to: to(), ...(login ? { login } : {}) });
      const userinfo = login ? 'ada:pass%40word@' : '';
      await clientThrough(proxy, `socks5://${userinfo}127.0.0.1:${proxy.port}`).json(PODS);
      expect(proxy.seen).toEqual(['SOCKS kube.corp.example:6443']);
      expect(proxy.logins).toEqual(login ? ['ada:pass@word'] : []);
    },
  );

  it('is asked by its whole address where it speaks plain HTTP', async () => {
    const plain = await createTestApiServer({ tls: false });
    onTestFinished(() => plain.close());
    plain.store.create('/k8s/api/v1/pods', []);
    const proxy = await startHttpProxy({ to: Number(new URL(plain.url).port) });
    const client = clientThrough(proxy, `http://127.0.0.1:${proxy.port}`, {
      server: 'http://kube.corp.example:6443/k8s',
    });
    await client.json(PODS);
    expect(proxy.seen).toEqual(['GET http://kube.corp.example:6443/k8s/api/v1/pods']);
    expect(plain.seen[0]?.headers.host).toBe('kube.corp.example:6443');
  });

  it.each(['http', 'socks5'])('forwards a port through it, too (%s)', async (scheme) => {
    const app = createServer((_request, response) => void response.end('hello'));
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void app.close());
    api.pods.set('shop/web', (app.address() as AddressInfo).port);
    const proxy = await (scheme === 'http' ? startHttpProxy : startSocksProxy)({ to: to() });
    const client = clientThrough(proxy, `${scheme}://127.0.0.1:${proxy.port}`);
    const socket = await client.socket(
      '/api/v1/namespaces/shop/pods/web/portforward?ports=80',
      'v4.channel.k8s.io',
      AbortSignal.timeout(2_000),
    );
    expect(proxy.seen.length).toBe(1);
    socket.terminate();
  });

  it.each([
    ['http', 407, /HTTPS_PROXY\) wants a user and a password/],
    ['http', 403, /HTTPS_PROXY\) refused to connect to kube\.corp\.example:6443: 403 Not here/],
    ['socks5', 2, /HTTPS_PROXY\) refused to connect to kube\.corp\.example:6443: its rules/],
  ] as const)('is not what is blamed when the %s proxy says %d', async (scheme, status, said) => {
    const proxy = await (scheme === 'http' ? startHttpProxy : startSocksProxy)({ to: to() });
    proxy.refuse = status;
    const client = clientThrough(proxy, `${scheme}://me:hunter2@127.0.0.1:${proxy.port}`);
    const fault = { source: 'kubernetes', kind: 'unreachable', message: expect.stringMatching(said) };
    await expect(client.json(PODS)).rejects.toMatchObject({
      ...fault,
      remedy: 'correct HTTPS_PROXY, or leave kube.corp.example out of it with NO_PROXY',
    });
    const socket = client.socket('/api/v1/x', 'y', AbortSignal.timeout(2_000));
    await expect(socket).rejects.toMatchObject(fault);
    await expect(socket).rejects.not.toThrow(/hunter2/);
  });

  it('is not what is blamed when nobody is where the proxy should be', async () => {
    const proxy = await startHttpProxy({ to: to() });
    await proxy.close();
    const client = clientThrough(proxy, `http://127.0.0.1:${proxy.port}`);
    await expect(client.json(PODS)).rejects.toThrow(
      `the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) cannot be reached: nothing listens there`,
    );
  });
});
