// The control door: what it turns, and what it says to whoever asks for something else.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InventoryState } from './inventory-state.ts';
import { parseOptions } from './options.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import type { EdgeState } from './state.ts';

const START_MS = Date.UTC(2026, 10, 24, 12, 0, 0);

let simulator: Simulator;
let nowMs = START_MS;

interface State {
  readonly edges: readonly EdgeState[];
  readonly switches: object;
  readonly relays: { readonly prometheus: string; readonly tap: string };
  readonly kubernetes: object;
  readonly inventory: InventoryState;
}

beforeAll(async () => {
  simulator = await startSimulator(parseOptions([]), () => nowMs);
});

afterAll(() => simulator.close());

beforeEach(async () => {
  await post('/reset');
});

async function post(path: string): Promise<{ status: number; body: { error?: string } }> {
  const answer = await fetch(`${simulator.urls.control}${path}`, { method: 'POST' });
  return { status: answer.status, body: (await answer.json()) as { error?: string } };
}

async function state(window = 60): Promise<State> {
  const answer = await fetch(`${simulator.urls.control}/state?window=${window}`);
  return (await answer.json()) as State;
}

async function readSplit() {
  const path = '/apis/gateway.networking.k8s.io/v1/namespaces/harbour/httproutes/timetable-split';
  const { token } = (await (await fetch(`${simulator.urls.control}/token`, { method: 'POST' })).json()) as {
    token: string;
  };
  const answer = await fetch(`${simulator.urls.kubernetes}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { spec, metadata } = (await answer.json()) as {
    spec: { rules: { backendRefs: { weight: number }[] }[] };
    metadata: { managedFields: { time: string }[] };
  };
  return {
    backends: spec.rules[0]?.backendRefs.map(({ weight }) => weight),
    writtenAt: metadata.managedFields[0]?.time,
  };
}

async function edgeAfter(seconds: number, source: string, target: string): Promise<EdgeState | undefined> {
  nowMs += seconds * 1_000;
  const { edges } = await state(seconds);
  return edges.find((edge) => edge.source === source && edge.target === target);
}

describe('the control door', () => {
  it('knows every edge of the scenario with its lock', async () => {
    const { edges } = await state();
    const locks = Object.groupBy(edges, ({ lock }) => lock);
    expect(edges.length).toBeGreaterThanOrEqual(25);
    expect(locks.mixed?.map(({ target }) => target)).toEqual(['fleet/deployment/positions']);
    expect(locks.unknown?.map(({ target }) => target).sort()).toEqual([
      'external:egress/fleet/shore-only',
      'harbour/service/souvenirs',
    ]);
    expect(locks.plaintext?.map(({ source, target }) => `${source} ${target}`)).toEqual([
      'booking/deployment/payments external:203.0.113.44:443',
      'fleet/daemonset/beacon yard/deployment/depot',
      'fleet/deployment/tracker yard/deployment/depot',
      'harbour/deployment/web external:203.0.113.30:80',
      'unmeshed:harbour/deployment/gangway harbour/deployment/gangway',
      'unmeshed:harbour/deployment/timetable harbour/deployment/timetable',
    ]);
    expect(locks.secured?.length).toBeGreaterThan(edges.length / 2);
  });

  it('fails a workload and heals it again', async () => {
    expect((await post('/fail/booking/seats?rate=0.9')).status).toBe(200);
    const failing = await edgeAfter(60, 'booking/deployment/tickets', 'booking/deployment/seats');
    expect(failing?.http?.successRate).toBeLessThan(0.25);
    await post('/reset');
    const healed = await edgeAfter(60, 'booking/deployment/tickets', 'booking/deployment/seats');
    expect(healed?.http?.successRate).toBeGreaterThan(0.75);
  });

  it('takes a lock, for requests and for connections', async () => {
    await post('/unlock?source=harbour/deployment/gangway&target=booking/deployment/web');
    await post('/unlock?source=booking/deployment/seats&target=booking/statefulset/ledger');
    const http = await edgeAfter(60, 'harbour/deployment/gangway', 'booking/deployment/web');
    expect(http).toMatchObject({ lock: 'plaintext', securedShare: 0 });
    const { edges } = await state();
    expect(edges.filter(({ target }) => target === 'booking/statefulset/ledger')).toMatchObject([
      { source: 'booking/deployment/seats', lock: 'plaintext' },
      { source: 'booking/deployment/tickets', lock: 'secured' },
    ]);
  });

  it('changes the weights of a route, for those who read it and for what it divides', async () => {
    nowMs += 30_000;
    expect((await post('/split/harbour/timetable-split?weights=0,100')).status).toBe(200);
    const { backends } = await readSplit();
    expect(backends).toEqual([0, 100]);
    expect((await readSplit()).writtenAt).toBe(new Date(nowMs).toISOString().replace('.000', ''));
    const [web, stable] = ['harbour/deployment/web', 'harbour/deployment/timetable'];
    expect(await edgeAfter(30, web, stable)).toBeUndefined();
    await post('/reset');
    expect((await readSplit()).backends).toEqual([85, 15]);
    expect((await post('/split/harbour/timetable-split?weights=1')).body.error).toMatch(/^bad weights: 1/);
    expect((await post('/split/harbour/nothing?weights=1,1')).body.error).toMatch(/timetable-split/);
  });

  it('silences the gateway of another cluster, where there is one', async () => {
    expect((await post('/gateway/west?mode=down')).body.error).toBe(
      'unknown cluster: west; allowed are none',
    );
  });

  it('silences a workload', async () => {
    await post('/idle/booking/nightly-report');
    expect(await edgeAfter(60, 'booking/job/nightly-report', 'booking/deployment/tickets')).toBeUndefined();
  });

  it('replaces the pods of a workload, or begins their containers anew', async () => {
    const started = () =>
      [...simulator.world.proxies.values()]
        .filter(({ startedAtMs }) => startedAtMs === nowMs)
        .map(({ pod }) => pod);
    const names = (id: string) => simulator.world.cluster.podsOf.get(id)?.map(({ name }) => name);
    const before = names('booking/deployment/payments');
    expect((await post('/restart/booking/payments')).status).toBe(200);
    expect(started().map(({ workloadId }) => workloadId)).toEqual([
      'booking/deployment/payments',
      'booking/deployment/payments',
    ]);
    const after = names('booking/deployment/payments');
    expect(after?.filter((name) => before?.includes(name))).toEqual([]);
    expect((await post(`/restart/booking/${after?.[0]}?how=container`)).status).toBe(200);
    expect(names('booking/deployment/payments')).toEqual(after);
  });

  it('turns relays, and resets them', async () => {
    await post('/relay/prometheus?mode=hang');
    await post('/relay/tap?mode=500');
    expect((await state()).relays).toEqual({ prometheus: 'hang', tap: '500' });
    await post('/reset');
    expect((await state()).relays).toEqual({ prometheus: 'pass', tap: 'pass' });
  });

  it('turns the Kubernetes API, says how it stands, and resets it', async () => {
    await post('/rights?deny=servers&group=policy.linkerd.io&verb=watch');
    await post('/rights?deny=nodes');
    await post('/rights?allow=nodes');
    await post('/tap-rights?mode=gate');
    await post('/tap?mode=down');
    await post('/login?mode=refuse&seconds=15');
    const { kubernetes } = await state();
    expect(kubernetes).toMatchObject({
      mode: 'ok',
      tap: 'down',
      denied: [
        { resource: 'servers', group: 'policy.linkerd.io', verb: 'watch', namespace: null },
        { resource: 'namespaces/tap', group: 'tap.linkerd.io', verb: null, namespace: null },
      ],
      login: { mode: 'refuse', lifeSeconds: 15 },
    });
    expect((await post('/token')).status).toBe(503);
    await post('/reset');
    expect((await state()).kubernetes).toMatchObject({
      denied: [],
      tap: 'ok',
      login: { lifeSeconds: 3_600 },
    });
    expect((await post('/token')).status).toBe(200);
  });

  it('says what a reader of the inventory has to find', async () => {
    const { inventory } = await state();
    expect(inventory.namespaces).toContainEqual({ name: 'booking', meshed: 8, running: 9, failed: 1 });
    const reasons = inventory.workloads.flatMap(({ unmeshed }) => Object.values(unmeshed));
    expect(new Set(reasons)).toEqual(
      new Set(['started-before', 'not-asked', 'opted-out', 'injector-missed', 'host-network']),
    );
    expect(inventory.workloads).toContainEqual({
      id: 'fleet/deployment/crew',
      meshed: 2,
      running: 2,
      failed: 0,
      unmeshed: {},
    });
  });

  it('lists its switches', async () => {
    const answer = (await (await fetch(simulator.urls.control)).json()) as { allowed: string[] };
    expect(answer.allowed.join('\n')).toMatch(/POST \/rights\?deny=RESOURCE/);
  });

  it('names what is allowed when it is asked for something else', async () => {
    const cases: [path: string, status: number, words: RegExp][] = [
      ['/fail/harbour/nobody', 404, /unknown workload: harbour\/nobody; allowed are harbour\/gangway/],
      ['/fail/booking/ledger', 404, /unknown workload: booking\/ledger/],
      ['/fail/booking/seats?rate=2', 400, /bad rate: 2; allowed is a number from 0 to 1/],
      ['/slow/booking/seats?factor=much', 400, /bad factor: much/],
      ['/restart/harbour/nobody', 404, /unknown pod: harbour\/nobody; allowed are harbour\/gangway-/],
      ['/restart/booking/payments?how=gently', 400, /bad how: gently; allowed are pod/],
      ['/unlock?source=a&target=b', 400, /bad source: a; allowed are harbour\/deployment\/gangway/],
      ['/relay/prometheus?mode=sulk', 400, /bad mode: sulk; allowed are pass, hang, 500/],
      ['/relay/kafka?mode=hang', 404, /unknown relay: kafka; allowed are prometheus, tap/],
      ['/rights', 400, /bad rights: give either deny=RESOURCE or allow=RESOURCE/],
      ['/rights?deny=gizmos', 400, /bad resource: gizmos; allowed are \*, namespaces, nodes, pods/],
      ['/rights?deny=pods&verb=eat', 400, /bad verb: eat; allowed are get, list, watch, create/],
      ['/tap-rights?mode=some', 400, /bad mode: some; allowed are all, none, gate/],
      ['/watches?mode=sulk', 400, /bad mode: sulk; allowed are ok, drop, hang, gone/],
      ['/kubernetes', 400, /bad mode: null; allowed are ok, down, 500, slow, expired/],
      ['/login?seconds=0', 400, /bad seconds: 0; allowed is a number from 1 to 86400/],
      ['/explode', 404, /unknown switch: \/explode; allowed are POST \/fail/],
    ];
    for (const [path, status, words] of cases) {
      const answer = await post(path);
      expect(answer.status).toBe(status);
      expect(answer.body.error).toMatch(words);
    }
  });
});
