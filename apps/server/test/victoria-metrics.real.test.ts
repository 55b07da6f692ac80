// VictoriaMetrics answers every question as Prometheus does: the pages of four proxy versions, imported through its API.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findVictoriaMetrics } from '../../../scripts/binaries/victoria-metrics-binary.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { type Child, startChild, stopChild } from '../../../scripts/processes.ts';
import { createCollector } from '../src/feeds/collector/collector.ts';
import { toGraph } from '../src/mesh/graph.ts';
import type { Mesh } from '../src/mesh/mesh.ts';
import { toWorkloads } from '../src/mesh/workloads.ts';
import { createPrometheusClient, type PrometheusClient } from '../src/sources/prometheus/client.ts';
import { grown, readSample } from './inputs/sample-target.ts';

const PAGES = [
  ['full/proxy-v2.366.0-storefront-gateway', 'storefront', 'gateway'],
  ['full/proxy-v2.221.0-storefront-web', 'storefront', 'web'],
  ['full/proxy-v2.246.0-fulfilment-checkout', 'fulfilment', 'checkout'],
  ['full/proxy-v2.294.0-fulfilment-orders', 'fulfilment', 'orders'],
] as const;
const INTERVAL_SECONDS = 10;
const SCRAPES = 32;
/** Long enough ago that it does not hold anything back as too young to be complete. */
const AT_SECONDS = Math.floor(Date.now() / 1000) - 120;
const READY_WITHIN_MS = 30_000;

const LOCKS = [
  'external:identity/web.backoffice → fulfilment/deployment/orders: secured',
  'fulfilment/deployment/checkout → external:203.0.113.10:443: plaintext',
  'fulfilment/deployment/checkout → external:203.0.113.10:80: plaintext',
  'fulfilment/deployment/checkout → fulfilment/deployment/orders: secured',
  'fulfilment/deployment/checkout → fulfilment/deployment/payments: secured',
  'fulfilment/deployment/checkout → fulfilment/deployment/shipping: secured',
  'fulfilment/deployment/checkout → fulfilment/statefulset/broker: secured',
  'fulfilment/deployment/orders → fulfilment/statefulset/ledger: secured',
  'fulfilment/deployment/orders → legacy/deployment/erp: plaintext',
  'storefront/deployment/gateway → backoffice/deployment/web: secured',
  'storefront/deployment/gateway → storefront/deployment/web: secured',
  'storefront/deployment/web → external:203.0.113.10:80: plaintext',
  'storefront/deployment/web → fulfilment/deployment/checkout: secured',
  'storefront/deployment/web → storefront/deployment/cart: mixed',
  'storefront/deployment/web → storefront/deployment/catalog-canary: secured',
  'storefront/deployment/web → storefront/deployment/catalog: secured',
  'storefront/deployment/web → storefront/deployment/reviews: secured',
  'storefront/deployment/web → storefront/deployment/search: secured',
  'unmeshed:storefront/deployment/gateway → storefront/deployment/gateway: plaintext',
];

const binary = await findVictoriaMetrics({ required: Boolean(process.env['CI']) });

describe.skipIf(binary === null)(
  'VictoriaMetrics (needs its program: see scripts/binaries/victoria-metrics-binary.ts)',
  () => {
    let child: Child;
    let folder: string;
    let client: PrometheusClient;
    let mesh: Mesh;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'latchwork-victoria-'));
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      child = startChild('victoria-metrics', binary as string, [
        `-httpListenAddr=127.0.0.1:${port}`,
        `-storageDataPath=${folder}`,
        '-retentionPeriod=1',
        '-loggerLevel=ERROR',
      ]);
      await ready(url);
      for (const page of PAGES) await importPage(url, page);
      await fetch(`${url}/internal/force_flush`);
      client = createPrometheusClient({ url });
      const collector = createCollector({ client, matchers: ['cluster="east"'], defaultAtSeconds: null });
      mesh = await collector.read({ windowSeconds: 60, atSeconds: AT_SECONDS });
      collector.close();
    });
    afterAll(async () => {
      await client?.close();
      if (child) await stopChild(child);
      if (folder) await rm(folder, { recursive: true, force: true });
    });

    const graph = () => toGraph(mesh, { namespaces: [], noise: 'hide' });

    it('answers every question', () => {
      const { parts } = graph();
      expect(Object.entries(parts).filter(([, { state }]) => state !== 'fresh')).toEqual([]);
      expect(Object.keys(parts)).toHaveLength(11);
    });

    it('says how often there are scrapes, and of which versions', () => {
      const { scrapeIntervalSeconds, windowSeconds, diagnoses } = graph();
      expect([scrapeIntervalSeconds, windowSeconds]).toEqual([INTERVAL_SECONDS, 60]);
      expect(diagnoses.map(({ code }) => code)).toEqual(['old-proxies']);
    });

    it('has every edge with its lock', () => {
      const found = graph().edges.map(({ source, target, lock }) => `${source} → ${target}: ${lock.state}`);
      expect(found.sort()).toEqual([...LOCKS].sort());
    });

    it('has rates, connections, quantiles and refusals', () => {
      const { edges } = graph();
      const cart = edges.find(({ target }) => target.endsWith('/cart'))!;
      expect(cart.http!.rps * 60).toBeCloseTo(461, -1);
      expect(cart.lock.securedShare).toBeCloseTo(164 / 461, 2);
      const broker = edges.find(({ target }) => target.endsWith('/broker'))!;
      expect(broker).toMatchObject({ http: null, tcp: { openConnections: 2 } });
      expect(broker.tcp!.opensPerSecond! * 60).toBeCloseTo(45, 0);
      const rows = toWorkloads(mesh, { namespaces: [], noise: 'hide' }).workloads;
      const web = rows.find(({ id }) => id === 'storefront/deployment/web')!.golden!;
      expect([web.p50Ms! >= 40 && web.p50Ms! <= 50, web.p95Ms! >= 500 && web.p95Ms! <= 1000]).toEqual([
        true,
        true,
      ]);
      expect(rows.find(({ id }) => id === 'fulfilment/deployment/orders')!.denied! * 60).toBeCloseTo(298, -1);
    });

    it('remembers the past for sparklines', () => {
      const web = mesh.history().workloads['storefront/deployment/web']!;
      expect(web.rps.filter((value) => value !== null).length).toBeGreaterThan(20);
      expect(web.rps.at(-1)! * 60).toBeCloseTo(1787, -2);
    });
  },
);

async function ready(url: string): Promise<void> {
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadlineMs) {
    const isUp = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(100);
  }
  throw new Error(`VictoriaMetrics did not answer within ${READY_WITHIN_MS / 1000} s`);
}

async function importPage(url: string, [file, namespace, deployment]: (typeof PAGES)[number]): Promise<void> {
  const text = readSample(file);
  const labels = {
    cluster: 'east',
    job: 'linkerd-proxy',
    instance: `${deployment}:4191`,
    namespace,
    deployment,
    pod: `${deployment}-1`,
  };
  for (let scrape = 0; scrape < SCRAPES; scrape++) {
    const atSeconds = AT_SECONDS - (SCRAPES - 1 - scrape) * INTERVAL_SECONDS - 3;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(labels)) query.append('extra_label', `${name}=${value}`);
    query.set('timestamp', String(atSeconds * 1000));
    const body = grown(text, scrape * INTERVAL_SECONDS, atSeconds);
    const answer = await fetch(`${url}/api/v1/import/prometheus?${query}`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`the import was refused: ${answer.status} ${await answer.text()}`);
  }
}
