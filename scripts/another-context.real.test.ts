// A kubeconfig with two contexts: the page may choose, the server goes along, and where others look too it may not.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { About } from '../packages/shared/src/about.ts';
import type { Graph } from '../packages/shared/src/graph.ts';
import { stopChild } from './processes.ts';
import { type Mesh, type RunningServer, startMesh, startServer } from './stack.ts';

let mesh: Mesh;
const servers: RunningServer[] = [];
const WAIT = { timeout: 20_000, interval: 250 };

beforeAll(async () => {
  mesh = await startMesh(1, () => undefined);
}, 60_000);
afterAll(async () => {
  for (const { child } of servers) await stopChild(child);
  await mesh?.stop();
});

async function serverWith(...flags: string[]): Promise<string> {
  const server = await startServer(
    ['--kubeconfig', mesh.sim.kubeconfig, '--port', '0', ...flags],
    () => undefined,
  );
  servers.push(server);
  return server.url;
}

const aboutOf = async (url: string) => (await (await fetch(`${url}/api/about`)).json()) as About;

function choose(url: string, context: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/context`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ context }),
  });
}

describe('a kubeconfig with several contexts', () => {
  it('has them on the page, and shows another one on the same port', async () => {
    const url = await serverWith();
    expect((await aboutOf(url)).contexts).toEqual({
      current: 'ferryline',
      names: ['ferryline', 'ferryline-login'],
    });
    expect((await choose(url, 'nowhere')).status).toBe(400);
    expect((await choose(url, 'ferryline-login')).status).toBe(202);
    await expect
      .poll(async () => (await aboutOf(url).catch(() => null))?.contexts?.current, WAIT)
      .toBe('ferryline-login');
    expect((await aboutOf(url)).kubernetes?.identity).toContain('ferryline-login');
    await expect
      .poll(async () => ((await (await fetch(`${url}/api/graph`)).json()) as Graph).edges?.length ?? 0, WAIT)
      .toBeGreaterThan(10);
    expect((await choose(url, 'ferryline')).status).toBe(202);
    await expect
      .poll(async () => (await aboutOf(url).catch(() => null))?.contexts?.current, WAIT)
      .toBe('ferryline');
  }, 60_000);

  it('is closed to pages of others, and where a store was named', async () => {
    const url = await serverWith();
    expect((await choose(url, 'ferryline-login', { origin: 'https://evil.example.com' })).status).toBe(403);
    const named = await serverWith('--prometheus', mesh.prometheusUrl);
    expect((await aboutOf(named)).contexts).toBeUndefined();
    expect((await choose(named, 'ferryline-login')).status).toBe(409);
  }, 60_000);
});
