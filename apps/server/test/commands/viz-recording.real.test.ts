// The recording replayed, held against what `linkerd viz` printed at the same moments. Where it is something else on
// purpose, docs/linkerd-viz.md says why.

import type { Edge } from '@latchwork/shared/edge';
import { edgeId } from '@latchwork/shared/edge-id';
import type { Golden } from '@latchwork/shared/golden';
import type { Policies } from '@latchwork/shared/policies';
import type { Routes } from '@latchwork/shared/routes/routes';
import type { Stat, StatKind, StatRow } from '@latchwork/shared/stat';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCollector } from '../../src/feeds/collector/collector.ts';
import { callWants } from '../../src/feeds/collector/questions/calls.ts';
import { pairWants } from '../../src/feeds/collector/questions/pod-pairs.ts';
import { ROUTE_WANTS } from '../../src/feeds/collector/questions/routes.ts';
import { POLICY_WANTS, statWants } from '../../src/feeds/collector/questions/stat.ts';
import type { Wants } from '../../src/feeds/wants.ts';
import { toGraph } from '../../src/mesh/graph.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { toPodPairs } from '../../src/mesh/on-demand/pod-pairs.ts';
import { toResponses } from '../../src/mesh/on-demand/responses.ts';
import { toCalls } from '../../src/mesh/routes/calls.ts';
import { toPolicies } from '../../src/mesh/stat/policies.ts';
import { toStat } from '../../src/mesh/stat/stat.ts';
import { createPrometheusClient, type PrometheusClient } from '../../src/sources/prometheus/client.ts';
import { type RecordedPrometheus, startRecordedPrometheus } from '../inputs/recorded-prometheus.ts';
import { fakeClusterFeed } from '../kubernetes/fake-cluster-feed.ts';
import { recordedState } from '../kubernetes/recorded-cluster.ts';
import {
  type PrintedAuthz,
  type PrintedEdge,
  type PrintedInbound,
  type PrintedOutbound,
  type PrintedStat,
  printedBy,
} from './printed.ts';

/** viz counts probes and scrapes, too. */
const ALL = { namespaces: [], noise: 'show' } as const;
const WINDOW_SECONDS = 60;
const MOST_TRIES = 12;

vi.setConfig({ testTimeout: 180_000 });

let prometheus: RecordedPrometheus;
let client: PrometheusClient;
const meshes = new Map<string, Promise<Mesh>>();
const tiers: string[] = [];

beforeAll(async () => {
  prometheus = await startRecordedPrometheus();
  client = createPrometheusClient({ url: prometheus.url, observe: (tier) => tiers.push(tier) });
});
afterAll(async () => {
  await client?.close();
  await prometheus?.stop();
});

/** On a busy machine a store is late, and a mesh goes out with what there is: this one waits for all of it. */
async function readMesh(at: string, wants: Wants): Promise<Mesh> {
  const atSeconds = Math.floor(Date.parse(at) / 1000);
  for (let tries = 1; ; tries++) {
    const collector = createCollector({
      ...{ client, matchers: [], defaultAtSeconds: null },
      cluster: fakeClusterFeed(recordedState()),
      now: () => atSeconds * 1000,
    });
    try {
      const mesh = await collector.read({ windowSeconds: WINDOW_SECONDS, atSeconds }, wants);
      const isWhole = Object.entries(mesh.parts).every(
        ([part, { state }]) => state === 'fresh' || !(part in wants),
      );
      if (isWhole || tries === MOST_TRIES) return mesh;
    } finally {
      collector.close();
    }
  }
}

function meshAt(at: string, wants: Wants): Promise<Mesh> {
  const key = `${at} ${JSON.stringify(wants)}`;
  const known = meshes.get(key) ?? readMesh(at, wants);
  meshes.set(key, known);
  return known;
}

/** Whole requests are rounded there one by one, and a scrape may have come between the two moments. */
function expectAlike(ours: number | null | undefined, theirs: number | null, what: string): void {
  // What was counted there is no gap here, however little it was.
  if (theirs !== null && theirs > 0) expect(ours, what).toEqual(expect.any(Number));
  const requests = (theirs ?? 0) * WINDOW_SECONDS;
  const apart = Math.max(4, requests * 0.08) / WINDOW_SECONDS;
  expect(Math.abs((ours ?? 0) - (theirs ?? 0)), `${what}: ${ours} and ${theirs}`).toBeLessThanOrEqual(apart);
}

/** Both are of the same counters, up to a scrape between the two moments. */
const SUCCESS_APART = 0.02;

/** `theirs` may leave out what is 0. */
function expectSuccess(ours: number | null | undefined, theirs: number | null, what: string): void {
  expect(ours, what).toEqual(expect.any(Number));
  expect(Math.abs((ours ?? 0) - (theirs ?? 0)), `${what}: ${ours} and ${theirs}`).toBeLessThan(SUCCESS_APART);
}

const STATS: readonly (readonly [command: string, kind: StatKind])[] = [
  ['stat deploy -A', 'workload'],
  ['stat sts -A', 'workload'],
  ['stat ds -A', 'workload'],
  ['stat job -A', 'workload'],
  ['stat ns -A', 'namespace'],
  ['stat po -A', 'pod'],
  ['stat svc -A', 'service'],
  ['stat server -A', 'server'],
  ['stat authorizationpolicy -A', 'authorizationpolicy'],
  ['stat httproute -A', 'route'],
];

function rowOf({ rows }: Stat, { kind, namespace, name }: PrintedStat): StatRow {
  const own = rows.find(
    (row) =>
      row.name === name && (kind === 'namespace' || (row.namespace === namespace && row.kind === kind)),
  );
  if (!own) throw new Error(`there is no ${kind} ${namespace}/${name}`);
  return own;
}

describe.each(STATS)('%s', (command, kind) => {
  it('has every row that was printed, with its rate and its success', async () => {
    for (const { at, printed } of printedBy<readonly PrintedStat[]>(command)) {
      const stat = toStat(await meshAt(at, statWants(kind)), kind, ALL);
      expect(printed.length).toBeGreaterThan(0);
      for (const theirs of printed) {
        const row = rowOf(stat, theirs);
        const what = `${command} at ${at}: ${theirs.namespace}/${theirs.name}`;
        expectAlike(row.golden?.rps, theirs.rps, what);
        if (theirs.rps !== null && theirs.rps > 1)
          expectSuccess(row.golden?.successRate, theirs.success, what);
      }
    }
  });
});

it('stat svc has the connections that were open', async () => {
  for (const { at, printed } of printedBy<readonly PrintedStat[]>('stat svc -A')) {
    const stat = toStat(await meshAt(at, statWants('service')), 'service', ALL);
    for (const theirs of printed) {
      const [own, open] = [
        rowOf(stat, theirs).tcp?.openConnections ?? null,
        theirs.tcp_open_connections ?? 0,
      ];
      if (open > 0) expect(own, theirs.name).toEqual(expect.any(Number));
      expect(Math.abs((own ?? 0) - open)).toBeLessThanOrEqual(1);
    }
  }
});

it.each(['stat deploy -A', 'stat po -A'])(
  '%s: connections without those of the proxy to its own pod',
  async (command) => {
    for (const { at, printed } of printedBy<readonly PrintedStat[]>(command)) {
      const stat = toStat(
        await meshAt(at, statWants('pod')),
        command.includes('po') ? 'pod' : 'workload',
        ALL,
      );
      expect(printed.some((theirs) => (theirs.tcp_open_connections ?? 0) > 1)).toBe(true);
      for (const theirs of printed) {
        const own = rowOf(stat, theirs).tcp?.openConnections ?? null;
        const open = theirs.tcp_open_connections ?? 0;
        // Theirs are both sides of each, about twice as many.
        if (open > 1) expect(own, theirs.name).toBeGreaterThan(0);
        expect(own ?? 0, theirs.name).toBeLessThanOrEqual(open + 1);
      }
    }
  },
);

it('stat server has what was not authorized', async () => {
  for (const { at, printed } of printedBy<readonly PrintedStat[]>('stat server -A')) {
    const stat = toStat(await meshAt(at, POLICY_WANTS), 'server', ALL);
    for (const theirs of printed) {
      const decisions = rowOf(stat, theirs).decisions;
      const { allowed = 0, denied = 0 } = decisions ?? {};
      const share = allowed + denied > 0 ? denied / (allowed + denied) : 0;
      expectSuccess(share, theirs.unauthorized ?? 0, theirs.name);
    }
    expect(printed.some(({ unauthorized = 0 }) => unauthorized > 0)).toBe(true);
  }
});

describe.each([
  'deployment/orders -n fulfilment',
  'deployment/shipping -n fulfilment',
  'deployment/search -n storefront',
  'deployment/web -n storefront',
])('authz %s', (target) => {
  it('has each rule with what it let in, how that went, and what it turned away', async () => {
    const [name = '', namespace = ''] = target.replace('deployment/', '').split(' -n ');
    for (const { at, printed } of printedBy<readonly PrintedAuthz[]>(`authz ${target}`)) {
      const rows = toPolicies(await meshAt(at, POLICY_WANTS), ALL).rows.filter(
        ({ workload }) => workload === `${namespace}/deployment/${name}`,
      );
      for (const theirs of printed) {
        const own = rows.filter((row) => isSame(row, theirs));
        const sum = (of: (row: Policies['rows'][number]) => number) =>
          own.reduce((all, row) => all + of(row), 0);
        const what = `authz ${target} at ${at}: ${JSON.stringify(theirs)}`;
        expectAlike(
          sum(({ golden }) => golden?.rps ?? 0),
          theirs.rps,
          what,
        );
        expectAlike(
          sum(({ decisions }) => decisions.denied),
          theirs.unauthorized,
          what,
        );
        const rps = sum(({ golden }) => golden?.rps ?? 0);
        const succeeded = sum(({ golden }) => (golden?.rps ?? 0) * (golden?.successRate ?? 0));
        if (theirs.rps > 0) expectSuccess(succeeded / rps, theirs.success, what);
      }
    }
  });
});

function isSame({ server, route, authorization }: Policies['rows'][number], theirs: PrintedAuthz): boolean {
  const ownServer = server.kind === 'default' ? `default:${server.name}` : server.name;
  const ownAuthorization = authorization ? `${authorization.kind}/${authorization.name}` : '';
  return (
    ownServer === theirs.server &&
    (route?.name ?? '') === theirs.route &&
    ownAuthorization === theirs.authorization
  );
}

it.each(['orders', 'shipping'])('stat-inbound %s has each Server and route', async (name) => {
  const command = `stat-inbound deployment/${name} -n fulfilment`;
  for (const { at, printed } of printedBy<readonly PrintedInbound[]>(command)) {
    const rows = toPolicies(await meshAt(at, POLICY_WANTS), ALL).rows.filter(
      ({ workload }) => workload === `fulfilment/deployment/${name}`,
    );
    for (const theirs of printed) {
      const own = rows.filter(({ server, route }) => {
        const ownServer = server.kind === 'default' ? '[default]' : server.name;
        const ownRoute = route?.name === 'default' ? '[default]' : route?.name;
        return ownServer === theirs.server && ownRoute === theirs.route;
      });
      const rps = own.reduce((sum, { golden }) => sum + (golden?.rps ?? 0), 0);
      const succeeded = own.reduce(
        (sum, { golden }) => sum + (golden?.rps ?? 0) * (golden?.successRate ?? 0),
        0,
      );
      const what = `${command} at ${at}: ${JSON.stringify(theirs)}`;
      expectAlike(rps, theirs.rps, what);
      expectSuccess(succeeded / rps, theirs.successesRate, what);
    }
  }
});

/** Of the route that was printed, or of one of its backends. */
function goldenOf({ routes }: Routes, { service, route, backend }: PrintedOutbound): Golden | null {
  const isDefault = route === '[default]';
  const own = routes.find(
    ({ parent, name, kind }) =>
      parent.endsWith(`/${service}`) && (isDefault ? kind === 'default' : name === route),
  );
  if (!backend) return own?.golden ?? null;
  const ends = backend === 'unknown' ? /^default\// : new RegExp(`/${backend}$`);
  return own?.backends.find(({ target }) => ends.test(target))?.golden ?? null;
}

it.each([
  ['deployment/checkout', 'fulfilment'],
  ['deployment/web', 'storefront'],
])(
  'stat-outbound %s: each route and backend has the rate and the success that was printed',
  async (workload, namespace) => {
    const command = `stat-outbound ${workload} -n ${namespace}`;
    const id = `${namespace}/${workload}`;
    for (const { at, printed } of printedBy<readonly PrintedOutbound[]>(command)) {
      // The command asked a few seconds after it was started: a scrape may have come between.
      const moments = [0, 5].map((later) => new Date(Date.parse(at) + later * 1000).toISOString());
      const told = await Promise.all(
        moments.map(async (moment) => toCalls(await meshAt(moment, callWants(id)), id)),
      );
      expect(printed.length).toBeGreaterThan(5);
      // Calls to addresses are edges to the outside here, and no route (docs/linkerd-viz.md).
      for (const theirs of printed.filter(({ service }) => service !== 'egress-fallback')) {
        const own = told.map((routes) => goldenOf(routes, theirs));
        const apart = (golden: Golden | null) => Math.abs((golden?.rps ?? 0) - theirs.rps);
        const [golden = null] = own.sort((a, b) => apart(a) - apart(b));
        const what = `${command} at ${at}: ${theirs.service} ${theirs.route} ${theirs.backend ?? ''}`;
        expectAlike(golden?.rps, theirs.rps, what);
        if (theirs.routeType === 'GRPCRoute' && theirs.successRate < 1) {
          // Every status but OK is a failure there, and here those that the proxy takes for one (docs/linkerd-viz.md).
          expect(golden?.successRate, what).toBeGreaterThan(theirs.successRate);
          expect(golden?.successRate, what).toBeLessThan(1);
        } else expectSuccess(golden?.successRate, theirs.successRate, what);
      }
    }
  },
);

it('edges po has every pair, by the workloads of the pods, with its identities', async () => {
  for (const { at, printed } of printedBy<readonly PrintedEdge[]>('edges po -A')) {
    const mesh = await meshAt(at, statWants('pod'));
    const { edges } = toGraph(mesh, ALL);
    const owners = new Map(
      toStat(mesh, 'pod', ALL).rows.map(({ namespace, name, owner }) => [`${namespace}/${name}`, owner]),
    );
    for (const theirs of printed) {
      // A pool that is open and carried no request in the window is no call.
      if (theirs.src.startsWith('metrics-api-')) continue;
      const [source, target] = [
        owners.get(`${theirs.src_namespace}/${theirs.src}`),
        owners.get(`${theirs.dst_namespace}/${theirs.dst}`),
      ];
      const edge = edges.find((each) => each.source === source && each.target === target);
      const what = `${at}: ${theirs.src} → ${theirs.dst}`;
      expect(edge, what).toBeDefined();
      if (theirs.server_id !== '') {
        expect(edge?.lock.securedShare ?? 0, what).toBeGreaterThan(0);
        expect(
          edge?.lock.serverIds.map((id) => id.split('.').slice(0, 2).join('.')),
          what,
        ).toContain(theirs.server_id);
      } else expect(edge?.lock.securedShare ?? 0, what).toBeLessThan(1);
    }
  }
});

it('edges po: each pair of pods is there, with its lock, and behind one edge are those of its two ends', async () => {
  for (const { at, printed } of printedBy<readonly PrintedEdge[]>('edges po -A')) {
    const namespaces = [...new Set(printed.flatMap((each) => [each.src_namespace, each.dst_namespace]))];
    const pairs: Edge[] = [];
    for (const namespace of namespaces)
      pairs.push(...toPodPairs(await meshAt(at, pairWants(namespace)), namespace, ALL).edges);
    for (const theirs of printed) {
      if (theirs.src.startsWith('metrics-api-')) continue;
      const [source, target] = [
        `${theirs.src_namespace}/pod/${theirs.src}`,
        `${theirs.dst_namespace}/pod/${theirs.dst}`,
      ];
      const pair = pairs.find((each) => each.source === source && each.target === target);
      const what = `${at}: ${theirs.src} → ${theirs.dst}`;
      expect(pair, what).toBeDefined();
      if (theirs.server_id !== '') expect(pair?.lock.securedShare ?? 0, what).toBeGreaterThan(0);
      else expect(pair?.lock.securedShare ?? 0, what).toBeLessThan(1);
    }
  }
});

it('the pods behind an edge add up to the edge', async () => {
  const [{ at } = { at: '' }] = printedBy<readonly PrintedEdge[]>('edges po -A');
  const { edges } = toGraph(await meshAt(at, {}), ALL);
  const busiest = edges
    .filter(
      ({ source, target }) =>
        !/^(unmeshed|external):/.test(source) && !/^external:(egress|identity)/.test(target),
    )
    .sort((a, b) => (b.http?.rps ?? 0) - (a.http?.rps ?? 0))
    .slice(0, 6);
  const places = busiest.map(({ source, target }) => edgeId(source, target));
  const wants = Object.fromEntries(Object.keys(pairWants('')).map((part) => [part, places]));
  const mesh = await meshAt(at, wants);
  for (const [i, edge] of busiest.entries()) {
    const pairs = toPodPairs(mesh, places[i] ?? '', ALL).edges;
    expect(pairs.length, places[i]).toBeGreaterThan(0);
    const sum = pairs.reduce((all, { http }) => all + (http?.rps ?? 0), 0);
    expect(sum, places[i]).toBeCloseTo(edge.http?.rps ?? 0, 6);
  }
});

it('how responses ended adds up to what a workload answered, and an edge carried', async () => {
  const [{ at } = { at: '' }] = printedBy<readonly PrintedEdge[]>('edges po -A');
  const plain = { namespaces: [], noise: 'hide' } as const;
  const { nodes, edges } = toGraph(await meshAt(at, {}), plain);
  const workloads = nodes.flatMap((node) => (node.type === 'workload' && node.golden ? [node] : []));
  const ids = workloads.map(({ id }) => id);
  const sumOf = async (where: string) => {
    // A question about many at once has no room for what began inside the window.
    const wants: Wants = ids.includes(where) ? { responseStatuses: [where] } : {};
    const { counts } = toResponses(await meshAt(at, wants), where, plain);
    const failures = counts.reduce((sum, each) => sum + each.failures, 0);
    return { rps: counts.reduce((sum, each) => sum + each.rps, 0), failures };
  };
  expect(ids.length).toBeGreaterThan(5);
  for (const { id, golden } of workloads) {
    const { rps, failures } = await sumOf(id);
    expect(rps, id).toBeCloseTo(golden?.rps ?? 0, 6);
    expect(Math.abs(failures - (golden?.failures ?? 0)), id).toBeLessThanOrEqual(2);
  }
  const own = edges.filter(({ source, http }) => http && !source.startsWith('unmeshed:'));
  for (const { source, target, http } of own)
    expect((await sumOf(edgeId(source, target))).rps, source).toBeCloseTo(http?.rps ?? 0, 6);
});

it('asks three questions for a table, and none of them while nobody looks at it', async () => {
  const count = async (wants: Parameters<ReturnType<typeof createCollector>['read']>[1]) => {
    tiers.length = 0;
    const collector = createCollector({ client, matchers: [], defaultAtSeconds: null });
    await collector.read({ windowSeconds: 60, atSeconds: Date.parse('2026-11-23T15:47:10Z') / 1000 }, wants);
    collector.close();
    return tiers.filter((tier) => tier === 'traffic').length;
  };
  const without = await count({});
  for (const wants of [statWants('pod'), statWants('service'), POLICY_WANTS, pairWants('legacy')])
    expect((await count(wants)) - without).toBe(3);
  expect((await count(ROUTE_WANTS)) - without).toBe(6);
});
