// People see the namespaces in which Kubernetes lets them list pods, and nothing of others.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { About } from '@latchwork/shared/about';
import type { PodPairs } from '@latchwork/shared/asked/pod-pairs';
import type { Graph } from '@latchwork/shared/graph';
import type { Policies } from '@latchwork/shared/policies';
import type { Routes } from '@latchwork/shared/routes/routes';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Answers } from '../../src/feeds/answers.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { createTapClient } from '../../src/sources/tap/client.ts';
import { buildTestApp } from '../build-test-app.ts';
import { KEY, neighbourly } from '../embed/embed-parts.ts';
import { answersOf, createFakeSource } from '../inputs/fake-mesh.ts';
import { fakeCluster } from '../kubernetes/fake-cluster.ts';
import { objectOf, podOf, stateOf } from '../kubernetes/made-up-cluster.ts';

const NAMESPACES = ['shop', 'secret-bank', 'idle'];
const OWNERS = { shop: 'front', 'secret-bank': 'ledger-keepers' };
const state = () =>
  stateOf({
    namespaces: NAMESPACES.map((name) => objectOf('Namespace', name)),
    pods: Object.entries(OWNERS).map(([namespace, team]) =>
      podOf({ name: 'web', namespace, labels: { team, [`of-${team}`]: 'yes' } }),
    ),
  });

async function byRights(
  granted: Set<string>,
  nowMs: () => number = Date.now,
  answers: Answers = neighbourly(),
  args: readonly string[] = [],
) {
  const cluster = fakeCluster(state(), granted);
  const tap = createTapClient({
    url: 'http://tap.test',
    transport: () => new Promise(() => undefined),
    reopen: true,
    random: () => 0.5,
  });
  const app = await buildTestApp({
    args: [
      ...['--kubeconfig', '/kubeconfig', '--namespaces-by-rights', '--trusted-proxy', '127.0.0.1'],
      ...['--user-header', 'x-user', '--groups-header', 'x-groups', '--role-group', 'tapper=sre'],
      ...args,
    ],
    fakes: { answers, cluster, tap },
    more: { nowMs, pingEveryMs: 100 },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const as = (user: string, groups = 'sre') => ({ 'x-user': user, 'x-groups': groups });
  const get = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(url + path, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  return { app, url, cluster, as, get };
}

async function follow(app: FastifyInstance, url: string, headers: Record<string, string>, message: object) {
  const got: { type: string; id?: string; message?: string }[] = [];
  const socket = new (await import('ws')).WebSocket(`${url.replace('http', 'ws')}/api/live`, { headers });
  onTestFinished(() => socket.terminate());
  socket.on('message', (data) => got.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', ...message }));
  return { got, of: () => got.filter(({ id }) => id === '1'), app };
}

const SHOP = 'jane list pods shop';

describe('with --namespaces-by-rights', () => {
  it('a person reads objects and events where Kubernetes lets them read those, and nowhere else', async () => {
    const server = (namespace: string) => `/api/object?where=${namespace}/server/web`;
    const events = (namespace: string) => `/api/workloads/${namespace}/deployment/web/events`;
    const pods = await byRights(
      new Set([SHOP, 'jane get servers secret-bank', 'jane list events secret-bank']),
    );
    for (const path of [server('shop'), events('shop'), server('secret-bank'), events('secret-bank')])
      expect(await pods.get(path, pods.as('jane'))).toMatchObject({ status: 403 });
    expect((await pods.get(events('shop'), pods.as('jane'))).text).toContain('list events in namespace shop');
    const all = await byRights(new Set([SHOP, 'jane get servers shop', 'jane list events shop']));
    expect(await all.get(server('shop'), all.as('jane'))).toMatchObject({ status: 200 });
    expect(await all.get(events('shop'), all.as('jane'))).toMatchObject({ status: 200 });
  });

  it('a person sees theirs, and the rest as one card without a name', async () => {
    const { get, as } = await byRights(new Set([SHOP]));
    const { status, text } = await get('/api/graph', as('jane'));
    expect(status).toBe(200);
    const graph = JSON.parse(text) as Graph;
    expect(graph.namespaces).toEqual(['shop']);
    expect(graph.nodes.map(({ id }) => id)).toContain('outside:callers');
    for (const path of [
      '/api/graph',
      '/api/graph?namespace=shop&noise=show',
      '/api/inventory',
      '/embed/graph.dot',
      '/embed/graph.svg',
    ])
      expect([path, (await get(path, as('jane'))).text]).toEqual([
        path,
        expect.not.stringMatching(/secret-bank|ledger|idle|serviceaccount/),
      ]);
  });

  it('tables by kind and of policy are cut, too, with the callers that are named in them', async () => {
    const { get, as } = await byRights(new Set([SHOP]));
    for (const path of ['/api/stat?kind=workload', '/api/stat?kind=pod&noise=show', '/api/policies']) {
      const { status, text } = await get(path, as('jane'));
      expect([path, status]).toEqual([path, 200]);
      expect([path, text]).toEqual([path, expect.not.stringMatching(/secret-bank|ledger/)]);
      expect(JSON.parse(text).rows.map(({ id }: { id: string }) => id)).toEqual(['shop/deployment/web']);
    }
    const { rows } = JSON.parse((await get('/api/policies', as('jane'))).text) as Policies;
    expect(rows[0]).toMatchObject({
      clients: [{ identity: expect.stringMatching(/^front\.shop\./) }],
      moreClients: 1,
    });
  });

  it('labels are counted over the namespaces that may be seen, by every way', async () => {
    const { app, url, get, as } = await byRights(new Set([SHOP]));
    const { status, text } = await get('/api/labels?label=team', as('jane'));
    expect([status, text]).toEqual([200, expect.not.stringMatching(/secret-bank|ledger/)]);
    expect(JSON.parse(text)).toMatchObject({ workloads: 1, values: { 'shop/pod/web': 'front' } });
    const { of } = await follow(app, url, as('jane'), { topic: 'labels', params: { label: 'team' } });
    await expect.poll(() => of().length).toBe(1);
    expect(of()[0]).toMatchObject({ type: 'data', value: { values: { 'shop/pod/web': 'front' } } });
    expect(JSON.stringify(of())).not.toMatch(/secret-bank|ledger/);
  });

  it("of a workload's calls only routes of Services and namespaces that may be seen are told", async () => {
    const { get, as } = await byRights(new Set([SHOP]));
    const { status, text } = await get('/api/workloads/shop/deployment/web/calls', as('jane'));
    expect([status, text]).toEqual([200, expect.not.stringMatching(/secret-bank/)]);
    const { routes } = JSON.parse(text) as Routes;
    expect(routes.map(({ id }) => id)).toEqual(['shop shop']);
    expect(routes[0]?.backends.map(({ target }) => target)).toEqual(['elsewhere/1', 'shop/service/web']);
  });

  it('of the pods of a namespace only those of namespaces that may be seen are told', async () => {
    const { get, as } = await byRights(new Set([SHOP]));
    const { status, text } = await get('/api/pod-pairs?where=shop', as('jane'));
    expect([status, text]).toEqual([200, expect.not.stringMatching(/secret-bank|ledger/)]);
    const { edges, more } = JSON.parse(text) as PodPairs;
    expect([edges.map(({ source }) => source), more]).toEqual([['shop/pod/web-1'], 0]);
  });

  it('how responses ended is told of what may be seen, and names nothing else', async () => {
    const { get, as } = await byRights(new Set([SHOP]));
    for (const where of ['shop/deployment/web', 'shop/deployment/web~shop/service/api']) {
      const { status, text } = await get(`/api/responses?where=${where}`, as('jane'));
      expect([status, text]).toEqual([200, expect.not.stringMatching(/secret-bank|ledger/)]);
    }
  });

  it.each([
    '/api/responses?where=secret-bank/deployment/ledger',
    '/api/responses?where=secret-bank/deployment/ledger~shop/deployment/web',
    '/api/responses?where=shop/deployment/web~secret-bank/deployment/ledger',
    '/api/responses?where=shop/deployment/web&cluster=west',
    '/api/pod-pairs?where=secret-bank',
    '/api/pod-pairs?where=secret-bank/deployment/ledger~shop/deployment/web',
    '/api/pod-pairs?where=shop/deployment/web~secret-bank/deployment/ledger',
    '/api/pod-pairs?where=unmeshed:secret-bank/deployment/ledger~secret-bank/deployment/ledger',
    '/api/pod-pairs?where=shop/deployment/web~external:10.0.0.1:80',
    '/api/pod-pairs?where=shop&cluster=west',
    '/api/graph?namespace=secret-bank',
    '/api/graph?namespace=shop&namespace=secret-bank',
    '/api/workloads?namespace=secret-bank',
    '/api/workloads/secret-bank/deployment/ledger',
    '/api/workloads/secret-bank/deployment/ledger/calls',
    '/api/workloads/shop/deployment/web/calls?cluster=west',
    '/api/inventory?namespace=secret-bank',
    '/api/labels?namespace=secret-bank',
    '/api/labels?label=team&namespace=shop&namespace=secret-bank',
    '/api/graph?cluster=west',
    '/api/workloads/shop/deployment/web?cluster=west',
    '/api/stat?kind=pod&namespace=secret-bank',
    '/api/policies?namespace=secret-bank',
    '/api/stat?kind=pod&cluster=west',
    '/api/policies?cluster=west',
    '/api/problems?namespace=secret-bank',
    '/api/findings?where=shop/deployment/web&namespace=secret-bank',
    '/api/problems?cluster=west',
    '/embed/graph.svg?namespace=secret-bank',
  ])('is refused %s', async (path) => {
    const { get, as } = await byRights(new Set([SHOP]));
    const { status, text } = await get(path, as('jane'));
    expect(status).toBe(403);
    expect(text).not.toMatch(/ledger|idle/);
  });

  it('whoever may list none sees nothing at all, in no picture either', async () => {
    const { get, as } = await byRights(new Set());
    for (const path of [
      '/api/graph',
      '/api/workloads',
      '/api/inventory',
      '/api/labels',
      '/embed/graph.svg',
      '/embed/badge.svg',
    ])
      expect([path, (await get(path, as('joe'))).status]).toEqual([path, 403]);
  });

  it('rights come from groups, too, and of the whole cluster are all of it', async () => {
    const { get, as } = await byRights(new Set(['%sre list pods shop', '%admins list pods *']));
    const names = async (groups: string) =>
      JSON.parse((await get('/api/graph', as('ann', groups))).text).namespaces;
    expect(await names('sre')).toEqual(['shop']);
    expect(await names('admins')).toEqual(['secret-bank', 'shop']);
    expect((await get('/api/problems', as('ann', 'admins'))).status).not.toBe(403);
  });

  it('nobody is what Kubernetes keeps for itself, whatever a proxy says', async () => {
    const { get, as } = await byRights(new Set(['%system:masters list pods *', 'system:admin list pods *']));
    expect((await get('/api/graph', as('system:admin'))).status).toBe(401);
    expect((await get('/api/graph', as('joe', 'system:masters'))).status).toBe(403);
  });

  it('where the data is from, and what a source says of itself, is for those who see all', async () => {
    const trouble = new SourceError({
      source: 'prometheus',
      kind: 'unreachable',
      message: 'http://prometheus.internal:9090 does not answer',
      remedy: 'look at prometheus.internal',
    });
    const granted = new Set([SHOP, 'root list pods *']);
    const { app, url, get, as } = await byRights(granted, Date.now, answersOf(createFakeSource(trouble)));
    const about = async (user: string) => JSON.parse((await get('/api/about', as(user))).text) as About;
    expect(await about('jane')).toMatchObject({ source: '', kubernetes: { server: null, identity: null } });
    expect((await about('root')).kubernetes?.server).toBe('https://cluster.test');
    expect((await get('/api/graph', as('root'))).text).toContain('prometheus.internal');
    for (const path of ['/api/graph', '/api/problems', '/api/workloads'])
      expect((await get(path, as('jane'))).text).not.toContain('internal');
    const page = await follow(app, url, as('jane'), { topic: 'graph', params: {} });
    await expect.poll(() => page.of()[0]).toMatchObject({ type: 'trouble', message: /log of this server/ });
    expect(JSON.stringify(page.got)).not.toMatch(/internal|cluster\.test/);
  });

  it('lists the signed links of their namespaces alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchwork-links-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'keys'), `${KEY.id}:${KEY.secret}\n`);
    const granted = new Set([SHOP, 'root list pods *']);
    const args = ['--embed-key-file', join(folder, 'keys'), '--role-group', 'signer=ops'];
    const { url, get, as } = await byRights(granted, Date.now, neighbourly(), args);
    const sign = (user: string, body: object) =>
      fetch(`${url}/api/embed-link`, {
        method: 'POST',
        headers: { ...as(user, 'ops'), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    for (const body of [{ namespace: ['shop'] }, { namespace: ['secret-bank'] }, { allNamespaces: true }])
      expect((await sign('root', body)).status).toBe(200);
    for (const body of [{ namespace: ['secret-bank'] }, { allNamespaces: true }])
      expect((await sign('jane', body)).status).toBe(403);
    const listed = async (user: string) =>
      JSON.parse((await get('/api/embed-links', as(user, 'ops'))).text).links.map(
        ({ namespaces }: { namespaces: string[] }) => namespaces,
      );
    expect(await listed('jane')).toEqual([['shop']]);
    expect(await listed('root')).toEqual([[], ['secret-bank'], ['shop']]);
  });

  it('rights are asked once a minute, and what was taken away ends on the open socket', async () => {
    const granted = new Set([SHOP]);
    let nowMs = Date.now();
    const { app, url, cluster, as, get } = await byRights(granted, () => nowMs);
    await get('/api/graph', as('jane'));
    const asked = cluster.asked;
    await get('/api/graph', as('jane'));
    expect(cluster.asked).toBe(asked);
    const page = await follow(app, url, as('jane'), { topic: 'graph', params: {} });
    await expect.poll(() => page.of().length).toBe(1);
    granted.clear();
    nowMs += 61_000;
    expect((await get('/api/graph', as('jane'))).status).toBe(403);
    await expect.poll(() => page.of().at(-1)).toMatchObject({ type: 'trouble', message: /no namespace/ });
    expect(app.hub.load('graph').feeds).toBe(0);
    const late = await follow(app, url, as('jane'), { topic: 'graph', params: {} });
    await expect.poll(() => late.of()).toMatchObject([{ type: 'trouble', message: /no namespace/ }]);
  });

  it('a tap is asked for as that person, not as this server', async () => {
    const { app, url, as } = await byRights(new Set([SHOP, 'ann list pods shop', 'ann tap shop']));
    const tap = { topic: 'tap', params: { namespace: 'shop' } };
    const jane = await follow(app, url, as('jane'), tap);
    await expect.poll(() => jane.of()[0]).toMatchObject({ type: 'trouble', message: /does not let you tap/ });
    const ann = await follow(app, url, as('ann'), tap);
    await expect.poll(() => ann.of()[0]).toMatchObject({ type: 'data' });
    const other = await follow(app, url, as('ann'), { topic: 'tap', params: { namespace: 'secret-bank' } });
    await expect
      .poll(() => other.of()[0])
      .toMatchObject({ type: 'trouble', message: /may not see this namespace/ });
    const viewer = await follow(app, url, as('ann', 'sales'), tap);
    await expect
      .poll(() => viewer.of()[0])
      .toMatchObject({ type: 'trouble', message: /watch single requests/ });
  });
});
