// The whole chain with nothing but a kubeconfig: simulated cluster, real Prometheus, our server. Rights are taken away one by one.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../packages/shared/src/graph.ts';
import type { Inventory } from '../packages/shared/src/inventory.ts';
import type { ServerMessage } from '../packages/shared/src/live/live.ts';
import type { PlaceFindings } from '../packages/shared/src/problems/problems.ts';
import type { Top } from '../packages/shared/src/tap/top.ts';
import { stopChild } from './processes.ts';
import { type Mesh, type RunningServer, startMesh, startServer } from './stack.ts';

let mesh: Mesh;
let server: RunningServer;
/** A viewer that stays, so that the server looks all the time. */
let viewer: WebSocket;
const said: Graph[] = [];
const quiet = () => undefined;
const WAIT = { timeout: 20_000, interval: 250 };

beforeAll(async () => {
  mesh = await startMesh(1, quiet);
  server = await startServer(['--kubeconfig', mesh.sim.kubeconfig, '--port', '0'], quiet);
  viewer = await follow('graph', {}, (value) => said.push(value as Graph));
}, 60_000);
afterEach(async () => {
  await turn('/reset');
  // Who looks anew has the server look anew for what it was denied.
  await get('/api/inventory');
});
afterAll(async () => {
  viewer?.close();
  if (server) await stopChild(server.child);
  await mesh?.stop();
});

async function turn(path: string): Promise<void> {
  const answer = await fetch(`${mesh.sim.control}${path}`, { method: 'POST' });
  if (!answer.ok) throw new Error(`mesh-sim refused ${path}: ${await answer.text()}`);
}

async function get<T>(path: string): Promise<T> {
  return (await (await fetch(`${server.url}${path}`)).json()) as T;
}

function follow(topic: string, params: object, onValue: (value: unknown) => void): Promise<WebSocket> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/live`);
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type === 'data') onValue(message.value);
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('no live socket')));
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', topic, params }));
      resolve(socket);
    });
  });
}

const last = (): Graph => said.at(-1) as Graph;
const troubles = () =>
  Object.entries(said.at(-1)?.parts ?? { none: { state: 'failed', message: 'nothing came yet' } }).flatMap(
    ([name, { state, message }]) => (state === 'fresh' ? [] : [`${name}: ${message}`]),
  );
const edge = (source: string, target: string) =>
  last().edges.find((one) => one.source === source && one.target === target);

describe('a server with nothing but a kubeconfig', () => {
  it('shows the mesh through the Prometheus of viz, with its locks and what is behind the open ones', async () => {
    await expect
      .poll(() => edge('fleet/deployment/tracker', 'fleet/deployment/positions')?.lock.state, WAIT)
      .toBe('mixed');
    const codesOf = async (where: string) => {
      const { findings } = (await get(`/api/findings?where=${where}`)) as PlaceFindings;
      return findings.map(({ code, what }) => `${code}: ${what}`);
    };
    expect(await codesOf('fleet/deployment/tracker~fleet/deployment/positions')).toEqual([
      'no-proxy:started-before: positions: 1 of 2 pods has no proxy',
    ]);
    expect(await codesOf('harbour/deployment/web~booking/deployment/tickets')).toEqual([]);
    // A rare call: it may not have been made yet.
    await expect
      .poll(() => codesOf('fleet/deployment/tracker~yard/deployment/depot'), WAIT)
      .toEqual(['no-proxy:not-asked: depot has no proxy']);
    await expect.poll(troubles, WAIT).toEqual([]);
    expect(await get('/api/about')).toMatchObject({
      source: expect.stringMatching(/^Prometheus of linkerd-viz, through http/),
      tap: { available: true },
      kubernetes: { identity: 'user viewer of context ferryline (a token)' },
    });
  });

  it('counts every workload as the cluster does, with traffic or without', async () => {
    const state = (await (await fetch(`${mesh.sim.control}/state`)).json()) as {
      inventory: { workloads: { id: string; meshed: number; running: number; failed: number }[] };
    };
    const { workloads } = await get<Inventory>('/api/inventory');
    for (const { id, meshed, running, failed } of state.inventory.workloads)
      expect(workloads.find((one) => one.id === id)?.counts, id).toEqual({ meshed, running, failed });
    const shown = last().nodes.map(({ id }) => id);
    for (const { id, namespace } of workloads)
      if (!namespace.startsWith('linkerd')) expect(shown).toContain(id);
  });

  it('watches live requests, and those of the pod that takes the place of another', async () => {
    const tops: Top[] = [];
    const socket = await follow('top', { namespace: 'fleet', kind: 'deployment', name: 'tracker' }, (value) =>
      tops.push(value as Top),
    );
    const seen = () => tops.at(-1)?.counters.requests ?? 0;
    await expect.poll(seen, WAIT).toBeGreaterThan(5);
    await turn('/restart/fleet/tracker');
    // The stream of a pod that is gone stays open and silent: only a new one brings more.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const before = seen();
    await expect.poll(seen, WAIT).toBeGreaterThan(before + 5);
    socket.close();
  }, 60_000);

  it.each([
    ['pods', '', 'kubernetes:pods: no right to list and watch pods in the whole cluster'],
    ['deployments', 'apps', 'kubernetes:deployments: no right to list and watch deployments.apps'],
    [
      'servers',
      'policy.linkerd.io',
      'kubernetes:servers: no right to list and watch servers.policy.linkerd.io',
    ],
  ])('names the right to %s when that is taken away, and goes on without', async (resource, group, words) => {
    await turn(`/rights?deny=${resource}&group=${group}`);
    await expect.poll(() => troubles().join('\n'), WAIT).toContain(words);
    const trouble = troubles().find((one) => one.startsWith(words));
    expect(trouble).toContain(`grant {apiGroups: ["${group}"], resources: ["${resource}"]`);
    expect(last().edges.length).toBeGreaterThan(20);
    expect(edge('harbour/deployment/web', 'booking/deployment/tickets')?.lock.state).toBe('secured');
  });

  it('says what to apply when tap is not allowed, and taps once it is', async () => {
    await turn('/tap-rights?mode=none');
    const tops: Top[] = [];
    const socket = await follow('top', { namespace: 'harbour' }, (value) => tops.push(value as Top));
    await expect.poll(() => tops.at(-1)?.state, WAIT).toBe('failed');
    expect(tops.at(-1)).toMatchObject({
      message: expect.stringContaining(
        'may not watch tap.tap.linkerd.io in namespace harbour, nor watch namespaces/tap',
      ),
      manifest: expect.stringContaining('namespaces/tap'),
    });
    await turn('/tap-rights?mode=all');
    await expect.poll(() => tops.at(-1)?.state, WAIT).toBe('streaming');
    expect(tops.at(-1)).not.toHaveProperty('manifest');
    socket.close();
  }, 60_000);

  it('says that the port-forward is not allowed when it is asked for', async () => {
    await turn('/rights?deny=pods/portforward');
    // What is open already would go on.
    await turn('/kubernetes?mode=down');
    await turn('/kubernetes?mode=ok');
    await expect.poll(async () => JSON.stringify(await get('/readyz')), WAIT).toMatch(/portforward/);
  });

  it('keeps the last picture while the API server is gone, and is right again after', async () => {
    await expect.poll(troubles, { ...WAIT, timeout: 40_000 }).toEqual([]);
    const edges = last().edges.length;
    await turn('/kubernetes?mode=down');
    await expect
      .poll(async () => (await get<Graph>('/api/graph')).parts['outbound']?.state, WAIT)
      .toBe('stale');
    expect((await get<Graph>('/api/graph')).edges.length).toBe(edges);
    await turn('/kubernetes?mode=ok');
    await expect
      .poll(async () => (await get<Graph>('/api/graph')).parts['outbound']?.state, {
        ...WAIT,
        timeout: 40_000,
      })
      .toBe('fresh');
  }, 90_000);
});
