// The server's own way into a cluster, on the simulated one: what the simulator means must be what the server finds,
// and what the simulator takes away must be named.

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseOptions } from '../apps/mesh-sim/src/options.ts';
import { type Simulator, startSimulator } from '../apps/mesh-sim/src/simulator.ts';
import { encodeTapRequest, type TapAsk, tapPathOf } from '../apps/mesh-sim/test/encode-tap-request.ts';
import { toInventory } from '../apps/server/src/mesh/inventory/inventory.ts';
import { createLockCauses } from '../apps/server/src/mesh/lock/lock-cause.ts';
import { type Cluster, openCluster } from '../apps/server/src/sources/kubernetes/cluster.ts';
import { readClusterConfig } from '../apps/server/src/sources/kubernetes/kubeconfig/config.ts';
import type { KindName, KubernetesState } from '../apps/server/src/sources/kubernetes/watch/state.ts';

const WAIT_MS = 20_000;
const never = new AbortController().signal;
const PROBLEM = { failed: true, stale: true, denied: true };

interface SimState {
  readonly inventory: {
    readonly namespaces: readonly ({ readonly name: string } & Counts)[];
    readonly workloads: readonly ({
      readonly id: string;
      readonly unmeshed: Readonly<Record<string, string>>;
    } & Counts)[];
  };
  readonly kubernetes: { readonly logins: number; readonly forwards: number };
}

interface Counts {
  readonly meshed: number;
  readonly running: number;
  readonly failed: number;
}

let folder: string;
let prometheus: Server;
let simulator: Simulator;
let cluster: Cluster;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchwork-sim-cluster-'));
  prometheus = createServer((_, response) => response.end('{"status":"success"}'));
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  const { port } = prometheus.address() as AddressInfo;
  const flags = ['--prometheus', `http://127.0.0.1:${port}`, '--kubeconfig-file', join(folder, 'kubeconfig')];
  simulator = await startSimulator(parseOptions(flags), Date.now);
});

afterAll(async () => {
  await simulator?.close();
  prometheus?.closeAllConnections();
  await new Promise((resolve) => prometheus.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await turn('/reset');
  cluster = await open('ferryline');
});

afterEach(() => cluster.close());

async function turn(path: string): Promise<void> {
  const answer = await fetch(`${simulator.urls.control}${path}`, { method: 'POST' });
  expect(answer.status, await answer.text()).toBe(200);
}

async function simState(): Promise<SimState> {
  return (await (await fetch(`${simulator.urls.control}/state`)).json()) as SimState;
}

async function open(context: string): Promise<Cluster> {
  const config = await readClusterConfig({
    kubeconfig: simulator.urls.kubeconfig,
    context,
    environment: {},
    homeFolder: null,
  });
  return openCluster({ cluster: config, environment: process.env, now: Date.now, random: Math.random });
}

/** The first state that fits, for as long as somebody looks. */
function stateWhere(fits: (state: KubernetesState) => boolean, of = cluster): Promise<KubernetesState> {
  const { promise, resolve, reject } = Promise.withResolvers<KubernetesState>();
  const unsubscribe = of.inventory.subscribe((state) => {
    if (fits(state)) resolve(state);
  });
  const timer = setTimeout(() => {
    const parts = Object.entries(of.inventory.state()?.parts ?? {}).map(
      ([name, part]) => `${name}: ${part.state} ${part.message ?? ''}`,
    );
    reject(new Error(`waited ${WAIT_MS / 1000} s in vain; ${parts.join('; ')}`));
  }, WAIT_MS);
  return promise.finally(() => {
    clearTimeout(timer);
    unsubscribe();
  });
}

function troubles({ parts }: KubernetesState): string[] {
  return Object.entries(parts)
    .filter(([, { state }]) => state in PROBLEM)
    .map(([name, { state }]) => `${name} ${state}`);
}

describe('the inventory', () => {
  it('is what the simulator means: every workload, every pod, every reason', async () => {
    const state = await stateWhere(() => true);
    expect(troubles(state)).toEqual([]);
    const inventory = toInventory(state);
    const { inventory: meant } = await simState();
    expect(
      inventory.workloads.map(({ id, counts, pods }) => ({
        id,
        ...counts,
        unmeshed: Object.fromEntries(
          pods.flatMap(({ name, unmeshed }) => (unmeshed ? [[name, unmeshed.code]] : [])),
        ),
      })),
    ).toEqual(meant.workloads.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    expect(inventory.namespaces.map(({ name, counts }) => ({ name, ...counts }))).toEqual(
      meant.namespaces.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });

  it('finds the control plane, viz, versions, identities and ports', async () => {
    const inventory = toInventory(await stateWhere(() => true));
    expect(inventory.controlPlane).toEqual({ namespace: 'linkerd', version: 'edge-26.8.3' });
    expect(inventory.viz).toEqual({ namespace: 'linkerd-viz' });
    expect(inventory.namespaces.filter((one) => one.infrastructure).map(({ name }) => name)).toEqual([
      'linkerd',
      'linkerd-viz',
    ]);
    expect(inventory.proxies.map(({ version }) => version)).toEqual(['edge-26.8.3', 'edge-26.5.2']);
    const pod = (id: string) => inventory.workloads.find((one) => one.id === id)?.pods[0];
    expect(pod('booking/statefulset/ledger')).toMatchObject({
      nativeSidecar: false,
      opaquePorts: ['5432'],
      identity: 'ledger.booking.serviceaccount.identity.linkerd.cluster.local',
    });
    expect(pod('booking/deployment/payments')).toMatchObject({
      nativeSidecar: true,
      skippedInbound: ['9102'],
    });
    expect(pod('harbour/deployment/gangway')?.skippedOutbound).toEqual(['25', '4000-4010']);
    expect(pod('fleet/replicationcontroller/foghorn')?.tap?.code).toBe('disabled');
    const untappable = inventory.workloads
      .filter(({ namespace }) => !namespace.startsWith('linkerd'))
      .flatMap(({ pods }) => pods.filter(({ meshed, tap }) => meshed && tap !== null));
    expect(untappable.map(({ name }) => name.split('-')[0])).toEqual(['foghorn']);
  });

  it('explains the open locks of the demo', async () => {
    const state = await stateWhere(() => true);
    const causesOf = createLockCauses(state, toInventory(state));
    const codes = (source: string, target: string) =>
      causesOf({ source, target, ports: null }).map(({ finding }) => finding.code);
    expect(codes('fleet/deployment/tracker', 'fleet/deployment/positions')).toEqual([
      'no-proxy:started-before',
    ]);
    expect(codes('fleet/deployment/tracker', 'yard/deployment/depot')).toEqual(['no-proxy:not-asked']);
    const gangway = 'harbour/deployment/gangway';
    expect(codes(`unmeshed:${gangway}`, gangway)).toContain('outside-callers');
    expect(codes('harbour/deployment/web', 'harbour/deployment/weather')).toEqual([]);
  });

  it('follows a pod that is replaced', async () => {
    const weather = (state: KubernetesState) =>
      state.objects.pods.find(({ serviceAccount }) => serviceAccount === 'weather')?.meta.name;
    const before = weather(await stateWhere(() => true));
    await turn('/restart/harbour/weather');
    const after = weather(await stateWhere((state) => weather(state) !== before));
    expect(after).toMatch(/^weather-/);
  });

  it.each(['drop', 'gone'])('goes on after watches were told to %s', async (mode) => {
    await stateWhere(() => true);
    await turn(`/watches?mode=${mode}`);
    const names = (state: KubernetesState) => state.objects.pods.map(({ meta }) => meta.name).join();
    const before = cluster.inventory.state();
    await turn('/restart/booking/seats');
    const after = await stateWhere((state) => before !== null && names(state) !== names(before));
    expect(troubles(after)).toEqual([]);
  });

  it('names the right that is missing, for each kind that it reads', async () => {
    const kinds: [KindName, string, string][] = [
      ['pods', 'pods', ''],
      ['servers', 'servers', 'policy.linkerd.io'],
      ['gatewayRoutes', 'httproutes', 'gateway.networking.k8s.io'],
      ['cronjobs', 'cronjobs', 'batch'],
    ];
    await stateWhere(() => true);
    for (const [, resource, group] of kinds) await turn(`/rights?deny=${resource}&group=${group}`);
    const state = await stateWhere(({ parts }) => kinds.every(([kind]) => parts[kind].state === 'denied'));
    for (const [kind, resource, group] of kinds)
      expect(state.parts[kind].remedy).toMatch(
        new RegExp(`apiGroups: \\["${group}"\\], resources: \\["${resource}"\\]`),
      );
    expect(troubles(state).length).toBe(kinds.length);
    await turn('/reset');
    cluster.inventory.nudge();
    await stateWhere((again) => troubles(again).length === 0);
  });

  it('keeps the last good objects while the API server is away, and says so', async () => {
    await stateWhere(() => true);
    await turn('/kubernetes?mode=down');
    const stale = await stateWhere(({ parts }) => parts.pods.state === 'stale');
    expect(stale.objects.pods.length).toBeGreaterThan(20);
    await turn('/kubernetes?mode=ok');
    await stateWhere((state) => troubles(state).length === 0);
  });
});

describe('signing in', () => {
  it('runs the login command once for all watches, and again when the API server wants it', async () => {
    const byLogin = await open('ferryline-login');
    try {
      const { logins: before } = (await simState()).kubernetes;
      await stateWhere(() => true, byLogin);
      expect((await simState()).kubernetes.logins).toBe(before + 1);
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      await turn('/kubernetes?mode=expired');
      await turn('/restart/booking/seats');
      const names = (state: KubernetesState) => state.objects.pods.map(({ meta }) => meta.name).join();
      const old = byLogin.inventory.state();
      await stateWhere((state) => old !== null && names(state) !== names(old), byLogin);
      expect((await simState()).kubernetes.logins).toBe(before + 2);
    } finally {
      await byLogin.close();
    }
  });
});

describe('what goes through the API server', () => {
  it('reaches the Prometheus of viz, also after its pod was replaced', async () => {
    const opened = await cluster.openPrometheus(never);
    try {
      // Each on a connection of its own: what comes first on it must not get lost.
      const headers = { connection: 'close' };
      const ask = async () => (await fetch(`${opened.url}/api/v1/query?query=up`, { headers })).json();
      for (let i = 0; i < 50; i++) expect(await ask()).toEqual({ status: 'success' });
      await turn('/restart/linkerd-viz/prometheus');
      expect(await ask()).toEqual({ status: 'success' });
      expect(await opened.examine()).toBeNull();
    } finally {
      await opened.close();
    }
  });

  it('streams a tap with the identity in use, and says what the API server says when it may not', async () => {
    const target: TapAsk = { namespace: 'harbour', type: 'deployment', name: 'web' };
    const tap = async () => {
      const leave = new AbortController();
      const { status, body } = await cluster.tap(tapPathOf(target), encodeTapRequest(target), leave.signal);
      for await (const piece of body) {
        leave.abort();
        return { status, text: Buffer.from(piece).toString('latin1') };
      }
      return { status, text: '' };
    };
    expect(await tap()).toMatchObject({ status: 200, text: expect.stringContaining('harbour') });
    await turn('/tap-rights?mode=none');
    expect(await tap()).toMatchObject({
      status: 403,
      text: expect.stringContaining('cannot watch resource'),
    });
    await turn('/tap?mode=down');
    await turn('/tap-rights?mode=all');
    expect(await tap()).toMatchObject({ status: 503 });
  });

  it('knows up front whether a tap would be let through', async () => {
    const web = { namespace: 'harbour', resource: 'deployments', name: 'web' };
    expect(await cluster.tapAccess(web)).toMatchObject({ allowed: true });
    await turn('/tap-rights?mode=gate');
    expect(await cluster.tapAccess(web)).toMatchObject({ allowed: true });
    const harbour = await cluster.tapAccess({ namespace: 'harbour', resource: null, name: null });
    expect(harbour).toMatchObject({ allowed: false, missing: [{ resource: 'namespaces/tap' }] });
    expect(harbour.message).toContain('viewer@ferryline.example may not watch namespaces/tap.tap.linkerd.io');
    await turn('/rights?deny=pods/portforward&verb=create');
    const opened = await cluster.openPrometheus(never);
    expect(await opened.examine()).toMatchObject({
      message: expect.stringContaining('may not create pods/portforward in namespace linkerd-viz'),
      manifest: expect.stringContaining('pods/portforward'),
    });
    await opened.close();
  });
});
