// The mesh in time: repeatable, and changed by switches in the way that their names say.

import { describe, expect, it } from 'vitest';
import { createCluster } from './cluster.ts';
import { type EdgeSums, Ledger } from './ledger.ts';
import { ferryLine } from './scenario/ferry-line.ts';
import { World } from './world.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 12, 0, 0);
const WEB = 'harbour/deployment/web';
const TIMETABLE = 'harbour/deployment/timetable';

function createWorld({ seed = 1, startedAtMs = NOW_MS - 60_000 } = {}) {
  const world = new World({ cluster: createCluster(ferryLine), seed, startedAtMs });
  const ledger = new Ledger();
  world.listen(ledger);
  world.advanceTo(NOW_MS);
  return { world, ledger };
}

function pagesOf(world: World, atMs: number): string {
  return [...world.proxies.values()].map((proxy) => proxy.page(atMs)).join('');
}

/** What happened on one edge in the minute after now. */
function minuteOf({ world, ledger }: ReturnType<typeof createWorld>, source: string, target: string) {
  world.advanceTo(NOW_MS + 60_000);
  const edges = ledger.sums(NOW_MS, NOW_MS + 60_000);
  return edges.find((edge) => edge.source === source && edge.target === target);
}

function shareOf(edge: EdgeSums | undefined, field: 'successes' | 'securedRequests'): number {
  return edge ? edge.sums[field] / edge.sums.requests : Number.NaN;
}

function podOf(world: World, workload: string) {
  const pod = world.cluster.podsOf.get(workload)?.[0];
  if (!pod) throw new Error(`no pod of ${workload}`);
  return pod;
}

describe('World', () => {
  it('is the same for the same seed and moment, however it got there', () => {
    const steps = createWorld().world;
    for (let atMs = NOW_MS; atMs <= NOW_MS + 10_000; atMs += 330) steps.advanceTo(atMs);
    const leap = createWorld().world;
    leap.advanceTo(NOW_MS + 10_000);
    steps.advanceTo(NOW_MS + 10_000);
    expect(pagesOf(steps, NOW_MS + 10_000)).toBe(pagesOf(leap, NOW_MS + 10_000));
  });

  it('has the same traffic at the same moment whenever it was started', () => {
    const early = createWorld({ startedAtMs: NOW_MS - 90_000 });
    const late = createWorld({ startedAtMs: NOW_MS - 60_000 });
    // Rate limits and broken queues remember; what a crowd sends does not.
    const of = ({ ledger }: typeof early) =>
      ledger
        .sums(NOW_MS - 30_000, NOW_MS)
        .find(({ source }) => source === 'unmeshed:harbour/deployment/gangway')?.sums.requests;
    expect(of(early)).toBe(of(late));
    expect(of(early)).toBeGreaterThan(300);
  });

  it('differs by seed', () => {
    expect(pagesOf(createWorld({ seed: 2 }).world, NOW_MS)).not.toBe(pagesOf(createWorld().world, NOW_MS));
  });

  it('lets a workload fail at the rate it was told, and its callers see it', () => {
    const run = createWorld();
    run.world.switches.failing.set(TIMETABLE, 0.5);
    const share = shareOf(minuteOf(run, WEB, TIMETABLE), 'successes');
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it('takes the lock of one edge and leaves its neighbours theirs', () => {
    const run = createWorld();
    run.world.switches.unlock(WEB, TIMETABLE);
    expect(shareOf(minuteOf(run, WEB, TIMETABLE), 'securedRequests')).toBe(0);
    expect(shareOf(minuteOf(run, WEB, 'harbour/deployment/timetable-canary'), 'securedRequests')).toBe(1);
    const page = run.world.proxies.get(podOf(run.world, WEB).key)?.page(NOW_MS + 60_000) ?? '';
    // The pod is meshed all the same: only its identity is not offered.
    expect(page).toMatch(
      /response_total\{[^}]*no_tls_reason="not_provided_by_service_discovery",dst_control_plane_ns="linkerd",dst_deployment="timetable"/,
    );
  });

  it('is silent around an idle workload', () => {
    const run = createWorld();
    run.world.switches.idle.add(TIMETABLE);
    expect(minuteOf(run, WEB, TIMETABLE)).toBeUndefined();
  });

  it('begins the counters of a restarted proxy anew', () => {
    const { world } = createWorld();
    const pod = podOf(world, TIMETABLE);
    const total = (atMs: number) => {
      const page = world.proxies.get(pod.key)?.page(atMs) ?? '';
      const [, count] =
        /\nrequest_total\{direction="inbound"[^}]*target_port="8080",tls="true"[^}]*\} (\d+)/.exec(page) ??
        [];
      return Number(count ?? 0);
    };
    expect(total(NOW_MS)).toBeGreaterThan(100);
    world.restart(pod, NOW_MS);
    expect(total(NOW_MS)).toBe(0);
    world.advanceTo(NOW_MS + 10_000);
    expect(total(NOW_MS + 10_000)).toBeGreaterThan(10);
    expect(world.proxies.get(pod.key)?.startedAtMs).toBe(NOW_MS);
  });

  it('restarts a replica by itself, at moments of the clock', () => {
    const period = 660_000;
    const restartMs = Math.ceil(NOW_MS / period) * period;
    const world = new World({
      cluster: createCluster(ferryLine),
      seed: 1,
      startedAtMs: restartMs - 5_000,
    });
    world.advanceTo(restartMs + 5_000);
    const started = [...world.proxies.values()].filter(({ startedAtMs }) => startedAtMs === restartMs);
    expect(started.map(({ pod }) => pod.workloadId)).toEqual([WEB]);
  });

  it('puts another pod in the place of one that is gone, and closes what was open to it', () => {
    const { world } = createWorld();
    const old = podOf(world, TIMETABLE);
    const next = world.replace(old, NOW_MS);
    expect(next.name).not.toBe(old.name);
    expect(next.ip).not.toBe(old.ip);
    expect(next).toMatchObject({ workloadId: TIMETABLE, meshed: true, identity: old.identity });
    expect(world.proxies.has(old.key)).toBe(false);
    expect(world.lifeOf(next)).toEqual({
      createdAtMs: NOW_MS - 2_000,
      startedAtMs: NOW_MS,
      restarts: 0,
    });
    world.advanceTo(NOW_MS + 20_000);
    const page = pagesOf(world, NOW_MS + 20_000);
    const openTo = (ip: string) =>
      page
        .split('\n')
        .filter((line) => line.startsWith('tcp_open_connections{') && line.includes(`target_ip="${ip}"`))
        .filter((line) => line.includes('direction="outbound",peer="dst"'))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    expect(openTo(old.ip)).toBe(0);
    expect(openTo(next.ip)).toBeGreaterThan(0);
  });

  it('keeps the name of a pod whose workload keeps names, and its held connections go on', () => {
    const { world } = createWorld();
    const old = podOf(world, 'booking/statefulset/ledger');
    const heldBefore = heldTo(world, old.ip);
    const next = world.replace(old, NOW_MS);
    expect(next.name).toBe(old.name);
    world.advanceTo(NOW_MS + 1_000);
    expect(heldBefore).toBe(7);
    expect(heldTo(world, old.ip)).toBe(0);
    expect(heldTo(world, next.ip)).toBe(7);
  });

  it('counts how often the containers of a pod began anew, and tells who watches', () => {
    const { world } = createWorld();
    const pod = podOf(world, TIMETABLE);
    const seen: string[] = [];
    world.onRestart(({ key }) => seen.push(key));
    world.restart(pod, NOW_MS);
    expect(world.lifeOf(pod)).toMatchObject({ startedAtMs: NOW_MS, restarts: 1 });
    world.replace(pod, NOW_MS);
    expect(seen).toEqual([pod.key, pod.key]);
    expect(() => world.lifeOf(pod)).toThrow(/no such pod: harbour\/timetable-/);
  });
});

/** Connections without HTTP that callers keep open to an address. */
function heldTo(world: World, ip: string): number {
  return pagesOf(world, NOW_MS + 1_000)
    .split('\n')
    .filter((line) => /^tcp_open_connections\{direction="outbound",peer="dst"/.test(line))
    .filter((line) => line.includes(`target_ip="${ip}",target_port="5432"`))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
