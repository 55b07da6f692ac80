// The questions about health, through a real Prometheus on the recorded mesh.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askStoreHealth, type StoreHealth } from '../../src/feeds/health/ask-store-health.ts';
import { createPrometheusClient, type PrometheusClient } from '../../src/sources/prometheus/client.ts';
import { type RecordedPrometheus, startRecordedPrometheus } from '../inputs/recorded-prometheus.ts';
import { startWrittenStore } from '../inputs/written-store.ts';

let prometheus: RecordedPrometheus;
let client: PrometheusClient;

beforeAll(async () => {
  prometheus = await startRecordedPrometheus();
  client = createPrometheusClient({ url: prometheus.url });
});
afterAll(async () => {
  await client?.close();
  await prometheus?.stop();
});

const AT_SECONDS = Date.parse('2026-11-23T15:58:20Z') / 1000;

function ask(matchers: readonly string[] = []): Promise<StoreHealth> {
  return askStoreHealth(client, matchers, { atSeconds: AT_SECONDS, signal: AbortSignal.timeout(20_000) });
}

describe('the health of the recorded mesh', () => {
  it('says of certificates, control plane and scrapes what they were', async () => {
    const { facts, proxies, tookMs } = await ask();
    if (facts.state !== 'known' || proxies.state !== 'known') throw new Error('it was not told');
    const { one, of } = facts.value;
    expect(one('issuer')).toBeCloseTo(31_535_000, -3);
    expect(one('leaf')).toBeGreaterThan(85_000);
    expect([one('leaves'), one('expired'), one('refreshes')]).toEqual([25, null, 25]);
    expect(of('refreshErrors')).toEqual([]);
    expect(of('control').map(({ labels }) => labels['addr'])).toContain(
      'linkerd-policy.linkerd.svc.cluster.local:8090',
    );
    expect([of('controlFailures'), of('detectTimeouts'), of('down')]).toEqual([[], [], []]);
    expect(one('samples')).toBeGreaterThan(15_000);
    expect(one('memory')).toBeGreaterThan(1e9);
    expect(proxies.value).toHaveLength(25);
    expect(proxies.value[0]).toMatchObject({ build: '2.366.0', vendor: 'linkerd', profile: 'debug' });
    expect(tookMs).toBeGreaterThan(0);
  });

  it('says nothing of what the matchers leave out', async () => {
    const { facts, proxies } = await ask(['cluster="east"']);
    if (facts.state !== 'known') throw new Error('it was not told');
    expect([facts.value.one('leaf'), facts.value.of('control')]).toEqual([null, []]);
    expect(proxies).toEqual({ state: 'known', value: [] });
  });
});

describe('targets that are down', () => {
  it('are those of proxies, and not what else is scraped of the same pods', async () => {
    const store = await startWrittenStore();
    try {
      const nowSeconds = Math.floor(Date.now() / 1000);
      const up = (pod: string, labels: Record<string, string>) => ({
        labels: { __name__: 'up', namespace: 'shop', pod, ...labels },
        samples: [[nowSeconds - 5, 0]] as const,
      });
      await store.write([
        up('web-1', { instance: '10.0.0.1:4191', control_plane_ns: 'linkerd' }),
        up('api-1', { instance: '10.0.0.2:4191' }),
        up('cart-1', { instance: '10.0.0.3:8080' }),
      ]);
      const { facts } = await askStoreHealth(store.client, [], {
        atSeconds: nowSeconds,
        signal: AbortSignal.timeout(20_000),
      });
      const down = facts.state === 'known' ? facts.value.of('down') : [];
      expect(down.map(({ labels, value }) => [labels['pod'], value]).sort()).toEqual([
        ['api-1', 1],
        ['web-1', 1],
      ]);
    } finally {
      await store.stop();
    }
  });
});
