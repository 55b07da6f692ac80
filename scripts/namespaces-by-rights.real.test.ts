// Who sees some namespaces of a whole simulated mesh, and what reaches them by every way out: never a name of another.

import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../packages/shared/src/graph.ts';
import type { Inventory } from '../packages/shared/src/inventory.ts';
import type { Problems } from '../packages/shared/src/problems/problems.ts';
import { stopChild } from './processes.ts';
import { type Mesh, type RunningServer, startMesh, startServer } from './stack.ts';

const OWN = 'harbour';
/** Linkerd's own is in every injected pod's annotations. */
const KNOWN_TO_ALL = ['linkerd', 'linkerd-viz', 'tap', 'default', 'prometheus', 'identity', 'destination'];
const quiet = () => undefined;
const BY_RIGHTS = [
  ...['--namespaces-by-rights', '--trusted-proxy', '127.0.0.1', '--user-header', 'x-user'],
  ...['--groups-header', 'x-groups', '--role-group', 'signer=platform'],
];

let mesh: Mesh;
let server: RunningServer;
let foreign: string[];
let ownWorkloads: string[];

async function turn(path: string): Promise<void> {
  const answer = await fetch(`${mesh.sim.control}${path}`, { method: 'POST' });
  expect(answer.status, await answer.text()).toBe(200);
}

async function get(path: string, user: string): Promise<{ status: number; text: string }> {
  const headers = { 'x-user': user, 'x-groups': 'platform' };
  const answer = await fetch(server.url + path, { headers });
  return { status: answer.status, text: await answer.text() };
}
const read = async <T>(path: string, user: string) => JSON.parse((await get(path, user)).text) as T;

/** As a word of its own: harbour has a `web`, and so have others. */
function namesIn(text: string): string[] {
  return foreign.filter((name) =>
    new RegExp(`(?<![a-z0-9-])${name.replace(/[.*+?^${'$'}{}()|[\]\\]/g, '\\$&')}(?![a-z0-9-])`).test(text),
  );
}

beforeAll(async () => {
  mesh = await startMesh(1, quiet);
  await turn(`/person?name=jane&role=tapper&namespace=${OWN}`);
  await turn('/person?name=root&role=tapper');
  server = await startServer(
    [
      '--prometheus',
      mesh.sim.prometheusRelay,
      '--kubeconfig',
      mesh.sim.kubeconfig,
      '--port',
      '0',
      ...BY_RIGHTS,
    ],
    quiet,
  );
  const isThere = async () =>
    (await read<Graph>('/api/graph?noise=show', 'root')).edges.some(({ target }) => target.startsWith(OWN));
  while (!(await isThere())) await setTimeout(500);
  const inventory = await read<Inventory>('/api/inventory', 'root');
  const graph = await read<Graph>('/api/graph?noise=show', 'root');
  ownWorkloads = inventory.workloads.filter(({ namespace }) => namespace === OWN).map(({ id }) => id);
  const ownNames = ownWorkloads.map((id) => id.slice(id.lastIndexOf('/') + 1));
  foreign = [
    ...inventory.namespaces.map(({ name }) => name),
    ...inventory.workloads.flatMap(({ name, pods, identities }) => [
      ...[name, ...identities],
      ...pods.map((pod) => pod.name),
    ]),
    ...graph.nodes.flatMap((node) => (node.type === 'external' ? [node.id, node.name ?? node.id] : [])),
  ].filter(
    (name) =>
      name !== OWN &&
      !name.includes(`.${OWN}.`) &&
      !ownNames.some((own) => name === own || isPodOf(name, own)),
  );
  foreign = [...new Set(foreign)].filter((name) => !KNOWN_TO_ALL.includes(name));
  expect(foreign.length).toBeGreaterThan(30);
}, 90_000);

function isPodOf(name: string, workload: string): boolean {
  return name.startsWith(`${workload}-`);
}

afterAll(async () => {
  if (server) await stopChild(server.child);
  await mesh?.stop();
});

describe('with --namespaces-by-rights, whoever sees harbour alone', () => {
  it.each([
    '/api/about',
    '/api/graph?noise=show',
    '/api/workloads?noise=show',
    '/api/problems?noise=show',
    '/api/problems',
    '/api/routes',
    `/api/pod-pairs?where=${OWN}`,
    `/api/responses?where=${OWN}/deployment/web`,
    `/api/workloads/${OWN}/deployment/web/calls`,
    '/api/policies',
    '/api/stat?kind=service',
    '/api/stat?kind=pod',
    '/api/inventory',
    '/api/labels',
    '/api/labels?label=app',
    '/api/findings?where=mesh',
    `/api/findings?where=${OWN}`,
    '/api/embed-links',
    '/embed/graph.svg?noise=show',
    '/embed/graph.dot',
    '/embed/graph.mmd',
    '/embed/badge.svg',
    '/debug/connection',
    '/metrics',
    '/readyz',
  ])('reads no name of others in %s', async (path) => {
    const { status, text } = await get(path, 'jane');
    expect([status, namesIn(text)]).toEqual([200, []]);
  });

  it('reads no object of policy and no events that Kubernetes does not let them read', async () => {
    for (const path of [
      `/api/object?where=${OWN}/server/weather-http`,
      '/api/object?where=booking/server/tickets-http',
      ...ownWorkloads.map((id) => `/api/workloads/${id}/events`),
      '/api/workloads/booking/deployment/tickets/events',
    ]) {
      const { status, text } = await get(path, 'jane');
      expect([status, namesIn(text)], path).toEqual([403, []]);
    }
  });

  it('reads none in any of their workloads, and what is known of them', async () => {
    expect(ownWorkloads.length).toBeGreaterThan(3);
    const statuses = new Set<number>();
    for (const id of ownWorkloads) {
      const one = await get(`/api/workloads/${id}?noise=show`, 'jane');
      // What has no traffic is no workload of the numbers, for nobody.
      const { status } = await get(`/api/workloads/${id}?noise=show`, 'root');
      expect([id, one.status, namesIn(one.text)]).toEqual([id, status, []]);
      statuses.add(one.status);
      const findings = await get(`/api/findings?where=${id}`, 'jane');
      expect([id, findings.status, namesIn(findings.text)]).toEqual([id, 200, []]);
    }
    expect(statuses).toContain(200);
  });

  it('reads of their own problems what whoever sees all reads of them', async () => {
    const clear = (value: Problems) =>
      value.problems.flatMap(({ kind, where, what }) =>
        kind === 'plaintext' && where.startsWith('unmeshed:') ? [what] : [],
      );
    // A mesh that has only just begun has no numbers yet.
    await expect
      .poll(async () => clear(await read<Problems>('/api/problems', 'jane')).length, { timeout: 60_000 })
      .toBeGreaterThan(0);
    const own = await read<Problems>('/api/problems', 'jane');
    const all = await read<Problems>(`/api/problems?namespace=${OWN}`, 'root');
    expect(clear(own).sort()).toEqual(clear(all).sort());
  });

  it.each([
    ['/api/graph?namespace=booking', 403],
    ['/api/problems?namespace=booking', 403],
    ['/api/findings?where=mesh&namespace=booking', 403],
    ['/api/routes?namespace=booking', 403],
    ['/api/pod-pairs?where=booking', 403],
    [`/api/pod-pairs?where=${OWN}/deployment/gangway~booking/deployment/web`, 403],
    ['/api/responses?where=booking/deployment/web', 403],
    ['/api/workloads/booking/deployment/web/calls', 403],
    ['/api/policies?namespace=booking', 403],
    ['/api/inventory?namespace=booking', 403],
    ['/api/labels?label=team&namespace=booking', 403],
    ['/api/workloads/booking/deployment/web', 403],
    ['/embed/graph.svg?namespace=booking', 403],
  ])('gets for %s %i', async (path, status) => {
    expect((await get(path, 'jane')).status).toBe(status);
  });

  it('is told of a store that fails in a fixed sentence, and whoever sees all where it is', async () => {
    await turn('/relay/prometheus?mode=500');
    const { host } = new URL(mesh.sim.prometheusRelay);
    await expect.poll(async () => (await get('/readyz', 'root')).text, { timeout: 10_000 }).toContain(host);
    for (const path of ['/readyz', '/api/graph?window=30m', '/api/workloads?window=31m'])
      expect([path, (await get(path, 'jane')).text]).toEqual([path, expect.not.stringContaining(host)]);
    await turn('/relay/prometheus?mode=pass');
  });
});

it('is refused at start without the right to ask, with the rule that is missing', async () => {
  await turn('/rights?deny=subjectaccessreviews');
  const started = startServer(
    [
      '--prometheus',
      mesh.sim.prometheusRelay,
      '--kubeconfig',
      mesh.sim.kubeconfig,
      '--port',
      '0',
      ...BY_RIGHTS,
    ],
    quiet,
  );
  await expect(started).rejects.toThrow(/subjectaccessreviews[\s\S]*kind: ClusterRole/);
  await turn('/rights?allow=subjectaccessreviews');
});
