// What goes through the API server to somewhere else: port-forward to Prometheus, and tap with its two gates.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeTapRequest, type TapAsk, tapPathOf } from '../../test/encode-tap-request.ts';
import {
  type Forward,
  type KubernetesTestClient,
  kubernetesClient,
  type Listed,
} from '../../test/kubernetes-client.ts';
import { parseOptions } from '../options.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { STATIC_TOKEN } from './tokens.ts';

interface Complaint {
  readonly status: number;
  readonly body: { readonly message: string };
}

let prometheus: Server;
let simulator: Simulator;
let client: KubernetesTestClient;

beforeAll(async () => {
  prometheus = createServer((request, response) => response.end(`asked for ${request.url}`));
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  const { port } = prometheus.address() as AddressInfo;
  simulator = await startSimulator(parseOptions(['--prometheus', `http://127.0.0.1:${port}`]), Date.now);
  client = kubernetesClient(simulator.urls.kubernetes);
});

afterAll(async () => {
  await simulator.close();
  prometheus.closeAllConnections();
  await new Promise((resolve) => prometheus.close(resolve));
});

beforeEach(() => turn('/reset'));

async function turn(path: string): Promise<void> {
  const answer = await fetch(`${simulator.urls.control}${path}`, { method: 'POST' });
  expect(answer.status, await answer.text()).toBe(200);
}

async function prometheusPod(): Promise<string> {
  const { body } = await client.get<Listed>('/api/v1/pods?labelSelector=component%3Dprometheus');
  const [pod] = body.items;
  return `/api/v1/namespaces/${pod?.metadata.namespace}/pods/${pod?.metadata.name}`;
}

async function open(path: string): Promise<Forward> {
  const opened = await client.forward(path);
  if ('status' in opened) throw new Error(`refused: ${opened.status} ${JSON.stringify(opened.body)}`);
  return opened;
}

async function refusal(path: string, protocol?: string): Promise<Complaint> {
  const opened = await client.forward(path, protocol);
  if (!('status' in opened)) throw new Error('it was let through');
  return opened;
}

/** What each channel said until the socket closes; `enough` ends it sooner. */
function read(
  { socket, channels }: Forward,
  enough: (said: string[]) => boolean = () => false,
): Promise<string[]> {
  const said = () => channels.map((bytes) => bytes.subarray(2).toString('latin1'));
  return new Promise((resolve) => {
    socket.on('message', () => {
      if (enough(said())) resolve(said());
    });
    if (socket.readyState === socket.CLOSED) resolve(said());
    socket.once('close', () => resolve(said()));
  });
}

function ask({ socket }: Forward, channel: number, path: string): void {
  const text = `GET ${path} HTTP/1.1\r\nhost: prometheus\r\nconnection: close\r\n\r\n`;
  socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
}

describe('port-forward', () => {
  it('leads to Prometheus, a pair of channels for each port', async () => {
    const forward = await open(`${await prometheusPod()}/portforward?ports=9090&ports=9090`);
    expect(forward.socket.protocol).toBe('v4.channel.k8s.io');
    const said = read(forward, ([first, , second]) => [first, second].every((one) => one?.includes('asked')));
    ask(forward, 0, '/api/v1/query?query=up');
    ask(forward, 2, '/api/v1/labels');
    const [first, , second] = await said;
    expect(first).toMatch(/^HTTP\/1.1 200 OK/);
    expect(first).toMatch(/asked for \/api\/v1\/query\?query=up$/);
    expect(second).toMatch(/asked for \/api\/v1\/labels$/);
    expect(forward.channels.map((bytes) => bytes.readUInt16LE(0))).toEqual([9090, 9090, 9090, 9090]);
    forward.socket.terminate();
  });

  it('says on the channel for errors that nothing listens at a port', async () => {
    const [data, error] = await read(await open(`${await prometheusPod()}/portforward?ports=9999`));
    expect(data).toBe('');
    expect(error).toMatch(/^failed to connect to localhost:9999 .*connection refused$/);
  });

  it('ends with its pod, and is refused for a pod that is not there', async () => {
    const pod = await prometheusPod();
    const ended = read(await open(`${pod}/portforward?ports=9090`));
    await turn('/restart/linkerd-viz/prometheus');
    await ended;
    expect(await refusal(`${pod}/portforward?ports=9090`)).toMatchObject({
      status: 404,
      body: { message: `pods "${pod.split('/').at(-1)}" not found` },
    });
    (await open(`${await prometheusPod()}/portforward?ports=9090`)).socket.terminate();
  });

  it('asks for the right to it, and for a protocol that it speaks', async () => {
    const path = `${await prometheusPod()}/portforward?ports=9090`;
    await turn('/rights?deny=pods/portforward&verb=create');
    const { status, body } = await refusal(path);
    expect(status).toBe(403);
    expect(body.message).toMatch(
      /^pods "prometheus-\S+" is forbidden: User "viewer@ferryline.example" cannot create resource "pods\/portforward" in API group "" in the namespace "linkerd-viz"$/,
    );
    await turn('/reset');
    expect(await refusal(path, 'v9.channel.k8s.io')).toMatchObject({ status: 400 });
    expect(await refusal(path.replace('ports=9090', ''))).toMatchObject({ status: 400 });
    await turn('/kubernetes?mode=expired');
    expect(await refusal(path)).toMatchObject({ status: 401 });
  });

  it('is cut when the API server goes away', async () => {
    const ended = read(await open(`${await prometheusPod()}/portforward?ports=9090`));
    await turn('/kubernetes?mode=down');
    await ended;
  });
});

describe('tap behind the API server', () => {
  const web: TapAsk = { namespace: 'harbour', type: 'deployment', name: 'web' };
  const harbour: TapAsk = { type: 'namespace', name: 'harbour' };

  async function tap(asked: TapAsk, token = STATIC_TOKEN): Promise<{ status: number; first: string }> {
    const leave = new AbortController();
    const answer = await fetch(`${simulator.urls.kubernetes}${tapPathOf(asked)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(encodeTapRequest(asked)),
      signal: leave.signal,
    });
    const piece = await answer.body?.getReader().read();
    leave.abort();
    return { status: answer.status, first: Buffer.from(piece?.value ?? []).toString('latin1') };
  }

  it('streams what the tap server streams', async () => {
    const { status, first } = await tap(web);
    expect(status).toBe(200);
    expect(first).toContain('harbour');
    expect((await tap(harbour)).status).toBe(200);
  });

  it('checks the right to a tap by the name that the API server has for it', async () => {
    await turn('/rights?deny=deployments/tap');
    const { status, first } = await tap(web);
    expect(status).toBe(403);
    expect(first).toContain(
      'deployments.tap.linkerd.io \\"web\\" is forbidden: User \\"viewer@ferryline.example\\" cannot watch resource \\"deployments/tap\\" in API group \\"tap.linkerd.io\\" in the namespace \\"harbour\\"',
    );
    expect((await tap(harbour)).status).toBe(200);
    await turn('/tap-rights?mode=none');
    expect((await tap(harbour)).first).toContain('cannot watch resource \\"tap\\"');
    await turn('/tap-rights?mode=all');
    expect((await tap(web)).status).toBe(200);
  });

  it('checks a tap of a namespace once more, in the words of the tap server', async () => {
    await turn('/tap-rights?mode=gate');
    const { status, first } = await tap(harbour);
    expect(status).toBe(403);
    expect(JSON.parse(first)).toEqual({
      error:
        'tap authorization failed (not authorized to access namespaces.tap.linkerd.io), visit https://linkerd.io/tap-rbac for more information',
    });
    expect((await tap(web)).status).toBe(200);
  });

  it('can be down, not installed, or closed to who is not known', async () => {
    await turn('/tap?mode=down');
    expect(await tap(web)).toMatchObject({
      status: 503,
      first: expect.stringContaining('ServiceUnavailable'),
    });
    await turn('/tap?mode=absent');
    expect(await tap(web)).toMatchObject({ status: 404 });
    expect((await client.get<string>('/apis')).body).not.toContain('tap.linkerd.io');
    await turn('/tap?mode=ok');
    expect(await tap(web, 'invented')).toMatchObject({ status: 401 });
  });

  it('breaks as the relay in front of it breaks', async () => {
    await turn('/relay/tap?mode=500');
    expect(await tap(web)).toMatchObject({ status: 500, first: 'something broke\n' });
  });

  it('has a list of what can be tapped', async () => {
    const { body } = await client.get<{ resources: { name: string }[] }>('/apis/tap.linkerd.io/v1alpha1');
    expect(body.resources.map(({ name }) => name)).toContain('deployments/tap');
  });
});
