// Thanos Query over two replicas of one Prometheus, each with holes: nothing counts twice, and what is missing is said. Where
// Thanos is no program on PATH it is left out with a word; it is built by `go build -tags slicelabels ./cmd/thanos` in its sources.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOnPath, findPrometheus } from '../../../scripts/binaries/prometheus-binary.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { type Child, startChild, stopChild } from '../../../scripts/processes.ts';
import { startPrometheus } from '../../../scripts/prometheus.ts';
import { remoteWrite } from '../../../scripts/remote-write.ts';
import { createCollector } from '../src/feeds/collector/collector.ts';
import { toGraph } from '../src/mesh/graph.ts';
import { createPrometheusClient, type PrometheusClient } from '../src/sources/prometheus/client.ts';
import { accountId, BAD, from, GOOD, PLAIN_OUT, secured, to } from './inputs/mesh-of.ts';
import { scrapes, steady, type WrittenPod, writtenPod } from './inputs/written-pod.ts';

const READY_WITHIN_MS = 60_000;
const NOW = Math.floor(Date.now() / 1000) - 20;
const CALL = { __name__: 'response_total', direction: 'outbound', ...to('shop/api') };
const IN = {
  __name__: 'response_total',
  ...{ direction: 'inbound', target_port: '8080', route_name: 'default', tls: 'true' },
  client_id: accountId('web', 'shop'),
};
/** Ten calls a second, one of them in the clear, one that fails. */
const WEB = [
  ...steady({ ...CALL, ...secured('shop/api'), ...GOOD }, 8, NOW - 600, NOW),
  ...steady({ ...CALL, ...secured('shop/api'), ...BAD }, 1, NOW - 600, NOW),
  ...steady({ ...CALL, ...PLAIN_OUT, ...GOOD }, 1, NOW - 600, NOW),
].sort((a, b) => a.at - b.at);
const REPLICAS = ['a', 'b'] as const;
const binary = process.env['CI'] ? null : await findOnPath(['thanos']);

describe.skipIf(binary === null)('Thanos Query (needs "thanos" on PATH; never in CI)', () => {
  const children: Child[] = [];
  const sidecars = new Map<string, Child>();
  let folder: string;
  let client: PrometheusClient;

  async function startReplica(replica: (typeof REPLICAS)[number]): Promise<string> {
    const { url, child } = await startPrometheus({
      binary: await findPrometheus(),
      folder: join(folder, replica),
      externalLabels: { fleet: 'north', replica },
      flags: ['--web.enable-remote-write-receiver'],
    });
    children.push(child);
    await remoteWrite(url, podsOf(replica).flatMap(writtenPod));
    const [grpc, http] = [await freePort(), await freePort()];
    const sidecar = startChild(`sidecar ${replica}`, binary as string, [
      'sidecar',
      `--prometheus.url=${url}`,
      `--tsdb.path=${join(folder, replica, 'data')}`,
      `--grpc-address=127.0.0.1:${grpc}`,
      `--http-address=127.0.0.1:${http}`,
      '--log.level=error',
    ]);
    sidecars.set(replica, sidecar);
    await ready(`http://127.0.0.1:${http}/-/ready`);
    return `127.0.0.1:${grpc}`;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchwork-thanos-'));
    const endpoints: string[] = [];
    for (const replica of REPLICAS) endpoints.push(await startReplica(replica));
    const [grpc, http] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${http}`;
    children.push(
      startChild('thanos query', binary as string, [
        'query',
        ...endpoints.map((endpoint) => `--endpoint-strict=${endpoint}`),
        '--query.replica-label=replica',
        `--grpc-address=127.0.0.1:${grpc}`,
        `--http-address=127.0.0.1:${http}`,
        '--log.level=error',
      ]),
    );
    await ready(`${url}/-/ready`);
    client = createPrometheusClient({ url });
    await sleep(6_000);
  }, 120_000);
  afterAll(async () => {
    await client?.close();
    for (const child of [...sidecars.values(), ...children]) await stopChild(child);
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function read() {
    const collector = createCollector({ client, matchers: [], defaultAtSeconds: null });
    const mesh = await collector.read({ windowSeconds: 60, atSeconds: NOW });
    collector.close();
    return toGraph(mesh, { namespaces: [], noise: 'hide' });
  }

  it('counts each call once, though two replicas have it', async () => {
    const { edges, nodes, parts, diagnoses } = await read();
    expect(Object.entries(parts).filter(([, { state }]) => state !== 'fresh')).toEqual([]);
    // Of what these pods do not count; of replicas nothing.
    expect(
      diagnoses.map(({ code }) => code).filter((code) => !/not-stored|label-missing/.test(code)),
    ).toEqual([]);
    expect(edges).toHaveLength(1);
    expect(edges[0]?.http?.rps).toBeCloseTo(10, 0);
    expect(edges[0]?.http?.successRate).toBeCloseTo(0.9, 1);
    expect(edges[0]?.lock).toMatchObject({ state: 'mixed' });
    expect(edges[0]?.lock.securedShare).toBeCloseTo(0.9, 1);
    const api = nodes.find(({ id }) => id === 'shop/deployment/api');
    expect(api?.type === 'workload' && api.golden?.rps).toBeCloseTo(10, 0);
  });

  it('says what may be missing when a replica is away, and goes on with the other', async () => {
    await stopChild(sidecars.get('b') as Child);
    const { edges, parts } = await read();
    expect(edges[0]?.http?.rps).toBeCloseTo(10, 0);
    expect(parts['store']).toMatchObject({ state: 'failed', message: /series may be missing/ });
  });
});

/** A replica misses scrapes now and then, each others. */
function podsOf(replica: string): WrittenPod[] {
  const own = scrapes(NOW - 600, NOW, 10).filter((_, index) => index % 9 !== (replica === 'a' ? 2 : 6));
  const pod = (workload: string, happenings: WrittenPod['happenings']): WrittenPod => ({
    labels: { ...from(`shop/${workload}`), pod: `${workload}-1`, instance: `${workload}-1:4191` },
    starts: [NOW - 100_000],
    scrapes: own.map((at) => at + (replica === 'a' ? 0 : 3)).filter((at) => at <= NOW),
    happenings,
  });
  return [pod('web', WEB), pod('api', steady({ ...IN, ...GOOD }, 10, NOW - 600, NOW))];
}

async function ready(url: string): Promise<void> {
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadlineMs) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(200);
  }
  throw new Error(`${url} was not ready within ${READY_WITHIN_MS / 1000} s`);
}
