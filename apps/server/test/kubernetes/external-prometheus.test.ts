// A Prometheus that viz is told to use, which has a name in the cluster alone: through the API server from a laptop.

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Cluster, openCluster } from '../../src/sources/kubernetes/cluster.ts';
import type { OpenedPrometheus } from '../../src/sources/kubernetes/forward/open-prometheus.ts';
import { createPrometheusClient } from '../../src/sources/prometheus/client.ts';
import { envelope } from '../inputs/http-store.ts';
import { createTestApiServer, send, sendStatus, type TestApiServer } from './api-server.ts';
import { clusterOf } from './test-cluster.ts';

const NOW = { tier: 'traffic', atSeconds: 1_795_448_830 };
const never = new AbortController().signal;
let api: TestApiServer;
let cluster: Cluster;
let store: Server;
let seen: IncomingMessage[];

beforeEach(async () => {
  seen = [];
  store = createServer((request, response) => {
    seen.push(request);
    request.resume().on('end', () => response.end(envelope([{ value: [1, '7'] }])));
  });
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  api = await createTestApiServer();
  api.store.create('/api/v1/pods', [
    pod('prom-0', '1'),
    pod('other', '2', { app: 'x' }),
    pod('prom-1', '0', { app: 'prom' }, false),
  ]);
  api.store.create('/api/v1/services', [service('prom', { app: 'prom' }), service('by-hand', null)]);
  api.pods.set('monitoring/prom-0', (store.address() as AddressInfo).port);
  cluster = openCluster({ cluster: clusterOf(api), environment: {}, now: Date.now, random: Math.random });
});

afterEach(async () => {
  await cluster.close();
  await api.close();
  store.closeAllConnections();
  await new Promise((resolve) => store.close(resolve));
});

function pod(name: string, second: string, labels: Record<string, string> = { app: 'prom' }, ready = true) {
  return {
    metadata: { namespace: 'monitoring', name, labels, creationTimestamp: `2026-11-24T12:00:0${second}Z` },
    spec: { containers: [{ name: 'prometheus', ports: [{ name: 'web', containerPort: 9091 }] }] },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

function service(name: string, selector: Record<string, string> | null) {
  return {
    metadata: { namespace: 'monitoring', name },
    spec: { ...(selector ? { selector } : {}), ports: [{ port: 9090, targetPort: 'web' }] },
  };
}

async function open(annotation: string, of: Cluster = cluster): Promise<OpenedPrometheus> {
  const labels = { 'linkerd.io/extension': 'viz' };
  const annotations = { 'viz.linkerd.io/external-prometheus': annotation };
  api.store.create('/api/v1/namespaces', [{ metadata: { name: 'linkerd-viz', labels, annotations } }]);
  const opened = await of.openPrometheus(never);
  onTestFinished(opened.close);
  return opened;
}

function ask({ url, behind, login, tlsServerName, examine }: OpenedPrometheus) {
  const client = createPrometheusClient({
    url,
    behind,
    login,
    tlsServerName,
    examineWay: examine,
    timeoutMs: 2_000,
  });
  onTestFinished(client.close);
  return client.query('x', NOW);
}

const NAME = 'http://prom.monitoring.svc.cluster.local:9090';

describe('an external Prometheus of viz with a name of the cluster', () => {
  it('is reached by a port-forward to a ready pod of that Service, at the port that it means', async () => {
    const opened = await open(NAME);
    expect(await ask(opened)).toEqual([{ labels: {}, value: 7 }]);
    expect(opened.behind).toBe(`${NAME}, through ${api.url}`);
    const forward = api.seen.find(({ path }) => path.endsWith('/portforward'));
    expect(forward?.path).toBe('/api/v1/namespaces/monitoring/pods/prom-0/portforward');
    expect(forward?.query.get('ports')).toBe('9091');
  });

  it('keeps the path and the login of the annotation, without showing the login', async () => {
    const opened = await open('http://ada:s3cret@prom.monitoring.svc:9090/base/');
    await ask(opened);
    expect(seen[0]?.url).toBe('/base/api/v1/query');
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ada:s3cret').toString('base64')}`);
    expect(opened.behind).not.toContain('s3cret');
  });

  it('is reached by the proxy of the Service where ports may not be forwarded', async () => {
    api.allowWhen(({ resource, subresource }) => resource === 'services' && subresource === 'proxy');
    api.troubles.push(({ path, method }, response) => {
      const [, rest] = /\/services\/prom:9090\/proxy(\/.*)$/.exec(path) ?? [];
      if (rest === undefined) return false;
      if (method === 'POST') sendStatus(response, 403, 'services "prom" is forbidden: cannot create');
      else send(response, 200, JSON.parse(envelope([{ value: [1, '8'] }])));
      return true;
    });
    expect(await ask(await open(`${NAME}/base`))).toEqual([{ labels: {}, value: 8 }]);
    expect(api.seen.at(-1)?.path).toBe(
      '/api/v1/namespaces/monitoring/services/prom:9090/proxy/base/api/v1/query',
    );
  });

  it.each([
    [
      'http://gone.monitoring.svc:9090',
      /gone\.monitoring\.svc:9090, but there is no Service gone in namespace monitoring/,
    ],
    ['http://by-hand.monitoring.svc:9090', /the Service by-hand in namespace monitoring selects no pods/],
  ])('%s says where the address came from, and what is missing', async (annotation, message) => {
    const opened = await open(annotation);
    await expect(ask(opened)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      remedy: expect.stringContaining(
        'annotation viz.linkerd.io/external-prometheus of the namespace linkerd-viz',
      ),
    });
  });

  it('is asked straight by who is in the cluster', async () => {
    const inside = openCluster({
      cluster: { ...clusterOf(api), context: null },
      environment: {},
      now: Date.now,
      random: Math.random,
    });
    onTestFinished(() => inside.close());
    expect((await open(NAME, inside)).url).toBe(NAME);
  });
});

describe('the way to the Prometheus of viz', () => {
  it('comes with the manifest of the right that is missing', async () => {
    api.allowWhen(() => false);
    await expect(ask(await open(NAME))).rejects.toMatchObject({
      source: 'kubernetes',
      kind: 'refused',
      message: expect.stringContaining('user-good may not get pods/portforward in namespace monitoring'),
      manifest: expect.stringMatching(/kind: Role\n(.|\n)*pods\/portforward/),
    });
  });

  it('is what is blamed when the API server hangs, not Prometheus', async () => {
    const opened = await open(NAME);
    api.troubles.push(() => true);
    await expect(ask(opened)).rejects.toMatchObject({
      source: 'kubernetes',
      kind: 'timed-out',
      message: expect.stringContaining('the API server'),
    });
  });

  it('leaves the blame with a Prometheus that hangs', async () => {
    store.removeAllListeners('request');
    await expect(ask(await open(NAME))).rejects.toMatchObject({ source: 'prometheus', kind: 'timed-out' });
  });
});
