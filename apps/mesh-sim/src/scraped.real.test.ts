// The simulator as a real Prometheus sees it: discovery, a few scrapes, then the questions a dashboard asks.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findPrometheus } from '../../../scripts/binaries/prometheus-binary.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { type Child, stopChild } from '../../../scripts/processes.ts';
import { startPrometheus } from '../../../scripts/prometheus.ts';
import { parseOptions } from './options.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import type { EdgeState } from './state.ts';

/** The mesh lives faster than Prometheus looks, so that a window of it takes seconds to fill. */
const SPEED = 4;
const SCRAPE_SECONDS = 0.5;
const WINDOW_SECONDS = 4;
const W = `${WINDOW_SECONDS}s`;
const OWNERS = ['deployment', 'statefulset', 'daemonset', 'k8s_job'] as const;
const BY_EDGE = [
  'namespace',
  ...OWNERS,
  'dst_namespace',
  'dst_service',
  ...OWNERS.map((owner) => `dst_${owner}`),
  'target_addr',
].join(',');
const NOISE = 'target_port!~"419[01]",namespace!~"linkerd.*"';

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

let simulator: Simulator;
let prometheus: Child | undefined;
let folder: string;
let atSeconds: number;
let edges: readonly EdgeState[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchwork-sim-'));
  const port = await freePort();
  const startMs = Date.now();
  simulator = await startSimulator(
    parseOptions(['--prometheus', `http://127.0.0.1:${port}`]),
    () => startMs + (Date.now() - startMs) * SPEED,
  );
  const running = await startPrometheus({
    binary: await findPrometheus(),
    folder,
    port,
    scrape: { sdUrl: simulator.urls.sd, intervalSeconds: SCRAPE_SECONDS },
  });
  prometheus = running.child;
  await untilScraped();
  atSeconds = Date.now() / 1000;
  const answer = await fetch(`${simulator.urls.control}/state?window=${WINDOW_SECONDS * SPEED}`);
  ({ edges } = (await answer.json()) as { edges: EdgeState[] });
}, 90_000);

afterAll(async () => {
  if (prometheus) await stopChild(prometheus);
  await simulator?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function ask(query: string, time?: number): Promise<Sample[]> {
  const url = new URL('/api/v1/query', simulator.urls.prometheusRelay);
  url.searchParams.set('query', query);
  if (time) url.searchParams.set('time', String(time));
  const answer = (await (await fetch(url)).json()) as { data?: { result: Sample[] }; error?: string };
  if (!answer.data) throw new Error(`${query}: ${answer.error}`);
  return answer.data.result;
}

/** Every proxy all through a window. */
async function untilScraped(): Promise<void> {
  const whole = `sum_over_time(up[${W}]) >= ${WINDOW_SECONDS / SCRAPE_SECONDS}`;
  await vi.waitFor(async () => expect(await ask(whole)).toHaveLength(simulator.world.proxies.size), {
    timeout: 30_000,
    interval: 200,
  });
}

function idOf(metric: Sample['metric'], prefix: '' | 'dst_'): string | null {
  const owner = OWNERS.find((one) => metric[`${prefix}${one}`]);
  if (!owner) return null;
  return `${metric[`${prefix}namespace`]}/${owner.replace('k8s_', '')}/${metric[`${prefix}${owner}`]}`;
}

/** Numbers by edge, added up over addresses. */
async function byEdge(query: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { metric, value } of await ask(query, atSeconds)) {
    const target = idOf(metric, 'dst_') ?? `external:${metric['target_addr']}`;
    const key = `${idOf(metric, '')} ${target}`;
    found.set(key, (found.get(key) ?? 0) + Number(value[1]));
  }
  return found;
}

function keysOf(some: readonly EdgeState[]): string[] {
  return some.map(({ source, target }) => `${source} ${target}`).sort();
}

describe('a real Prometheus', () => {
  it('finds every proxy under the labels of viz', async () => {
    const up = await ask('up{job="linkerd-proxy"} == 1', atSeconds);
    expect(up).toHaveLength(simulator.world.proxies.size);
    for (const { metric } of up)
      expect(metric).toMatchObject({ job: 'linkerd-proxy', control_plane_ns: 'linkerd' });
  });

  it('measures the rate of every HTTP edge as the simulator meant it', async () => {
    const http = edges.filter((edge) => edge.http && !edge.source.startsWith('unmeshed:'));
    const rates = await byEdge(
      `sum by (${BY_EDGE}) (rate(response_total{direction="outbound",${NOISE}}[${W}])) > 0`,
    );
    const seen = new Set(rates.keys());
    // The two windows are not quite the same: with few requests in them chance would decide.
    for (const { source, target, http: measured } of http.filter((edge) => (edge.http?.rps ?? 0) > 1.5)) {
      expect(seen).toContain(`${source} ${target}`);
      const ratio = (rates.get(`${source} ${target}`) ?? 0) / SPEED / (measured?.rps ?? 1);
      expect(ratio, `${source} ${target}`).toBeGreaterThan(0.6);
      expect(ratio, `${source} ${target}`).toBeLessThan(1.4);
    }
    const known = new Set(keysOf(edges));
    expect([...seen].filter((key) => !known.has(key))).toEqual([]);
    expect(http.length).toBeGreaterThan(12);
  });

  it('sees the locks that the simulator means', async () => {
    const all = await byEdge(
      `sum by (${BY_EDGE}) (increase(response_total{direction="outbound",${NOISE}}[${W}]))`,
    );
    const secured = await byEdge(
      `sum by (${BY_EDGE}) (increase(response_total{direction="outbound",tls="true",server_id!="",${NOISE}}[${W}]))`,
    );
    const locks = Object.fromEntries(
      [...all]
        .filter(([, count]) => count > 0)
        .map(([key, count]) => {
          const share = (secured.get(key) ?? 0) / count;
          return [key, share > 0.99 ? 'secured' : share < 0.01 ? 'plaintext' : 'mixed'];
        }),
    );
    const meant = Object.fromEntries(edges.map(({ source, target, lock }) => [`${source} ${target}`, lock]));
    for (const [key, lock] of Object.entries(locks)) expect(`${key}: ${lock}`).toBe(`${key}: ${meant[key]}`);
    expect(new Set(Object.values(locks))).toEqual(new Set(['secured', 'plaintext', 'mixed']));
  });

  it('finds the TCP edges and no HTTP pool among them', async () => {
    const own = 'direction="outbound",peer="dst",namespace!~"linkerd.*"';
    const lived = `((tcp_open_connections{${own}} offset ${W} + increase(tcp_open_total{${own}}[${W}])) or tcp_open_total{${own}})`;
    const found = await byEdge(
      `sum by (${BY_EDGE}) (${lived} unless ignoring(peer) request_total{direction="outbound"}) > 0`,
    );
    expect([...found.keys()].sort()).toEqual(keysOf(edges.filter(({ tcp }) => tcp)));
  });

  it('finds the calls that never reached an endpoint, and the egress that was denied', async () => {
    const statuses = '__name__=~"outbound_(http|grpc)_route_request_statuses_total"';
    const unreached = await ask(
      `sum by (parent_name,error) (${name(statuses, 'error=~"FAIL_FAST|LOAD_SHED"')})`,
    );
    expect(new Set(unreached.map(({ metric }) => metric['parent_name']))).toEqual(new Set(['souvenirs']));
    const denied = await ask(
      `sum by (namespace,daemonset,parent_name) (rate({${statuses},route_name=~"(http|grpc)-egress-deny"}[${W}]))`,
      atSeconds,
    );
    expect(denied.map(({ metric }) => metric)).toEqual([
      { namespace: 'fleet', daemonset: 'beacon', parent_name: 'shore-only' },
    ]);
  });

  it('finds the unmeshed callers and no probe among them', async () => {
    const callers = await ask(
      `sum by (namespace,deployment) (rate(response_total{direction="inbound",tls!="true",route_name!="probe",${NOISE}}[${W}])) > 0`,
      atSeconds,
    );
    expect(callers.map(({ metric }) => metric['deployment']).sort()).toEqual(['gangway', 'timetable']);
  });

  it('finds who was refused, by whom and why', async () => {
    const refused = await ask(
      `sum by (__name__,deployment,client_id) ({__name__=~"inbound_http_(authz_deny|route_not_found|local_ratelimit)_total"})`,
      atSeconds,
    );
    const facts = refused.map(
      ({ metric }) => `${metric['__name__']} ${metric['deployment']} ${metric['client_id']?.split('.')[0]}`,
    );
    expect(facts).toEqual(
      expect.arrayContaining([
        'inbound_http_authz_deny_total tickets nightly-report',
        'inbound_http_route_not_found_total seats web',
        'inbound_http_local_ratelimit_total weather web',
      ]),
    );
  });
});

function name(family: string, matchers: string): string {
  return `{${family},${matchers}}`;
}
