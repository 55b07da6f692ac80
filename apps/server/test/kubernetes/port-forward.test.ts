// Through the API server to the Prometheus of viz: found by label, forwarded over a WebSocket, found again when its pod dies. And tap.

import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubernetesClient } from '../../src/sources/kubernetes/api/client.ts';
import {
  createPortForward,
  type PodPort,
  type PortForward,
} from '../../src/sources/kubernetes/forward/port-forward.ts';
import { findVizPrometheus } from '../../src/sources/kubernetes/forward/viz-prometheus.ts';
import { createTapTransport } from '../../src/sources/kubernetes/tap-transport.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { createTestApiServer, sendStatus, type TestApiServer } from './api-server.ts';
import type { Item } from './object-store.ts';
import { recordedItems } from './recorded-cluster.ts';
import { clientOf, makeFolder, until } from './test-cluster.ts';

const PODS = '/api/v1/pods';
const NAMESPACES = '/api/v1/namespaces';
const RECORDED = 'linkerd-viz/prometheus-t8v7ttrlv-txc65';
let api: TestApiServer;
let client: KubernetesClient;
let app: Server;
let forward: PortForward | null = null;
const CLOSE = { headers: { connection: 'close' } };
const never = new AbortController().signal;

beforeEach(async () => {
  api = await createTestApiServer();
  api.store.create(PODS, recordedItems('pods'));
  api.store.create(NAMESPACES, recordedItems('namespaces'));
  client = clientOf(api);
  app = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.end(`${request.url} ${Buffer.concat(chunks).length}`));
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  api.pods.set(RECORDED, (app.address() as AddressInfo).port);
});

afterEach(async () => {
  await forward?.close();
  forward = null;
  await client.close();
  await api.close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});

async function toPod(): Promise<PodPort> {
  const found = await findVizPrometheus(client, never);
  if (found.kind !== 'pod') throw new Error(`found ${found.kind}`);
  return found;
}

async function start(): Promise<string> {
  forward = await createPortForward({ client, find: toPod, refusal: ({ message }) => message });
  return `http://127.0.0.1:${forward.port}`;
}

function refuseAllBut(namespace: string): void {
  api.troubles.push(({ path, method }, response) => {
    if (method === 'POST' || new RegExp(`/namespaces/${namespace}(/|$)`).test(path)) return false;
    sendStatus(response, 403, 'forbidden');
    return true;
  });
}

const recordedPod = (): Item =>
  recordedItems('pods').find(
    (item) => (item as Item).metadata['name'] === 'prometheus-t8v7ttrlv-txc65',
  ) as Item;

describe('findVizPrometheus', () => {
  it('finds a ready pod by its labels, and the port of its container', async () => {
    expect(await findVizPrometheus(client, never)).toEqual({
      kind: 'pod',
      namespace: 'linkerd-viz',
      pod: 'prometheus-t8v7ttrlv-txc65',
      port: 9090,
    });
  });

  it('takes the URL that the namespace names', async () => {
    const viz = recordedItems('namespaces').find(
      (item) => (item as Item).metadata['name'] === 'linkerd-viz',
    ) as Item;
    api.store.put(NAMESPACES, {
      ...viz,
      metadata: {
        ...viz.metadata,
        annotations: { 'viz.linkerd.io/external-prometheus': 'metrics.example:9090' },
      },
    });
    expect(await findVizPrometheus(client, never)).toMatchObject({
      kind: 'external',
      annotated: 'linkerd-viz',
      external: { url: 'http://metrics.example:9090', service: null },
    });
  });

  it('finds the pod without the right to see namespaces', async () => {
    api.troubles.push(({ path }, response) => {
      if (path !== NAMESPACES) return false;
      sendStatus(response, 403, 'namespaces is forbidden');
      return true;
    });
    expect(await findVizPrometheus(client, never)).toMatchObject({ kind: 'pod', namespace: 'linkerd-viz' });
  });

  it.each([
    ['under its usual name', []],
    ['under a name that was given', ['observers']],
  ])('finds it with rights in its namespace alone, %s', async (_, likely) => {
    const [own = 'linkerd-viz'] = likely;
    if (own !== 'linkerd-viz') {
      const pod = recordedPod();
      api.store.create(PODS, [{ ...pod, metadata: { ...pod.metadata, namespace: own } }]);
    }
    refuseAllBut(own);
    expect(await findVizPrometheus(client, never, likely)).toMatchObject({ kind: 'pod', namespace: own });
  });

  it('says what to apply where it may look nowhere', async () => {
    refuseAllBut('nowhere');
    const error = await findVizPrometheus(client, never, ['shop']).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'refused', status: 403 });
    const { message, remedy, manifest } = error as SourceError;
    expect(message).toBe(
      'the Prometheus of viz cannot be found: user-good may not list the whole cluster, and viz is not seen in shop, linkerd-viz',
    );
    expect(remedy).toContain('--namespace');
    expect(manifest?.match(/^kind: (.+)$/gm)).toEqual(['kind: Role', 'kind: RoleBinding']);
    for (const word of ['namespace: linkerd-viz', '- pods\n', '- pods/portforward', '- list', '- create'])
      expect(manifest).toContain(word);
  });

  it('says which pod is not ready, or that viz is not installed', async () => {
    api.store.put(PODS, { ...recordedPod(), status: { phase: 'Pending' } });
    await expect(findVizPrometheus(client, never)).rejects.toThrow('is ready: prometheus-t8v7ttrlv-txc65');
    api.store.remove(PODS, recordedPod());
    await expect(findVizPrometheus(client, never)).rejects.toThrow(
      'no Prometheus (label component=prometheus)',
    );
    api.store.create(NAMESPACES, []);
    const error = await findVizPrometheus(client, never).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining('viz is not installed') });
    expect((error as SourceError).remedy).toContain('--prometheus URL');
  });
});

describe('createPortForward', () => {
  it('carries requests and answers of any size, on several connections', async () => {
    const url = await start();
    const sizes = [0, 1, 65_536, 3_000_000];
    const answers = await Promise.all(
      sizes.map(async (size) =>
        (await fetch(`${url}/ask?n=${size}`, { method: 'POST', body: 'x'.repeat(size) })).text(),
      ),
    );
    expect(answers).toEqual(sizes.map((size) => `/ask?n=${size} ${size}`));
    expect(api.seen.filter(({ query }) => query.get('ports') === '9090').length).toBeGreaterThan(0);
    expect(await forward?.examine(2_000)).toBeNull();
  });

  it('carries a large answer to a slow reader', async () => {
    app.removeAllListeners('request');
    const size = 20_000_000;
    app.on('request', (_, response) => response.end(Buffer.alloc(size, 120)));
    await start();
    const socket = connect(forward?.port ?? 0, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    let bytes = 0;
    for await (const piece of socket) {
      bytes += (piece as Buffer).length;
      if (bytes < 1_000_000) await delay(5);
    }
    expect(bytes).toBeGreaterThan(size);
  });

  it('finds the pod that took the place of a dead one, and the next request goes through', async () => {
    const url = await start();
    expect(await (await fetch(`${url}/one`)).text()).toBe('/one 0');
    const next: Item = { ...recordedPod(), metadata: { ...recordedPod().metadata, name: 'prometheus-next' } };
    api.store.remove(PODS, recordedPod());
    api.store.put(PODS, next);
    api.pods.set('linkerd-viz/prometheus-next', api.pods.get(RECORDED) ?? 0);
    api.pods.delete(RECORDED);
    api.cutForwards();
    await until(() => api.connectionCount() <= 2, 'the end of the old connection');
    expect(await (await fetch(`${url}/two`)).text()).toBe('/two 0');
    expect(api.seen.at(-1)?.path).toContain('/prometheus-next/');
  });

  it('says why a connection cannot be made, as long as that is so', async () => {
    const url = await start();
    api.allowWhen(() => false);
    await expect(fetch(url)).rejects.toThrow();
    expect(await forward?.examine(2_000)).toMatchObject({
      status: 403,
      message: expect.stringContaining('cannot get resource "pods/portforward"'),
    });
    api.allowWhen(() => true);
    expect(await (await fetch(`${url}/again`)).text()).toBe('/again 0');
    expect(await forward?.examine(2_000)).toBeNull();
  });

  it('says what the kubelet says when nothing listens in the pod', async () => {
    await start();
    api.pods.set(RECORDED, 1);
    const socket = connect(forward?.port ?? 0, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    let text = '';
    for await (const piece of socket) text += piece;
    expect(text).toContain('error forwarding port');
  });

  it('reads the token again when the API server refuses it, and says so when that does not help', async () => {
    const folder = await makeFolder();
    await client.close();
    client = clientOf(api, { token: { file: await folder.write('token', 'good') } });
    const url = await start();
    expect(await (await fetch(`${url}/one`, CLOSE)).text()).toBe('/one 0');
    api.tokens.clear();
    await expect(fetch(url)).rejects.toThrow();
    expect(await forward?.examine(2_000)).toMatchObject({ status: 401 });
    api.tokens.add('newer');
    await folder.write('token', 'newer');
    expect(await (await fetch(`${url}/two`, CLOSE)).text()).toBe('/two 0');
    await folder.remove();
  });

  it('hangs up on the pod when the local side hangs up', async () => {
    await start();
    const socket = connect(forward?.port ?? 0, '127.0.0.1');
    await until(() => api.forwardCount() === 1, 'the connection to the pod');
    socket.end();
    await until(() => api.forwardCount() === 0, 'its end');
  });

  it('leaves no connection behind', async () => {
    const url = await start();
    for (let index = 0; index < 20; index += 1) await (await fetch(`${url}/${index}`, CLOSE)).text();
    await until(() => api.connectionCount() <= 2, 'only the connections of the client');
  });
});

async function drain(body: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of body) bytes += piece.length;
  return bytes;
}

describe('createTapTransport', () => {
  const path = '/apis/tap.linkerd.io/v1alpha1/watch/namespaces/shop/tap';

  it('posts the body with the identity in use and hands the pieces on as they come', async () => {
    let received = Buffer.alloc(0);
    api.tapWith((request, response) => {
      request.on('data', (piece: Buffer) => {
        received = Buffer.concat([received, piece]);
      });
      request.on('end', () => {
        response.writeHead(200, { 'content-type': 'application/octet-stream' }).write(Buffer.of(1, 2));
        setTimeout(() => response.end(Buffer.of(3)), 20);
      });
    });
    const answer = await createTapTransport(client)(path, Buffer.of(9, 0, 255), never);
    expect([answer.status, answer.header('content-type')]).toEqual([200, 'application/octet-stream']);
    const pieces: number[] = [];
    for await (const piece of answer.body) pieces.push(...piece);
    expect(pieces).toEqual([1, 2, 3]);
    expect([...received]).toEqual([9, 0, 255]);
    expect(api.seen[0]).toMatchObject({ method: 'POST', user: 'user-good' });
  });

  it('hands on refusals untouched: the tap source explains them', async () => {
    api.tapWith((_, response) => sendStatus(response, 403, 'no'));
    const answer = await createTapTransport(client)(path, new Uint8Array(), never);
    expect(answer.status).toBe(403);
    for await (const piece of answer.body) expect(Buffer.from(piece).toString()).toContain('"no"');
  });

  it('ends when it is told to, and when the API server breaks off', async () => {
    api.tapWith((_, response) => void response.writeHead(200).write('x'));
    const stopping = new AbortController();
    const stopped = await createTapTransport(client)(path, new Uint8Array(), stopping.signal);
    setTimeout(() => stopping.abort(new Error('enough')), 20);
    await expect(drain(stopped.body)).rejects.toThrow('enough');

    api.tapWith((_, response) => {
      response.writeHead(200).write('x');
      setTimeout(() => response.destroy(), 20);
    });
    const cut = await createTapTransport(client)(path, new Uint8Array(), never);
    await expect(drain(cut.body)).rejects.toBeInstanceOf(SourceError);
  });
});
