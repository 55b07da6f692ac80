import { expect, it } from 'vitest';
import { gatewayProbesPage } from './gateway-probes.ts';

const WEST = { name: 'west', gateway: { ip: '203.0.113.70', port: 4143 }, probeMs: 18 };
const numberIn = (page: string, series: string) =>
  Number(
    page
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1),
  );

it('gatewayProbesPage(cluster, probed) counts a probe every three seconds, and which of them failed', () => {
  const up = gatewayProbesPage(WEST, { startedAtMs: 0, downSinceMs: null, nowMs: 300_000 });
  expect(numberIn(up, 'gateway_alive{target_cluster_name="west"}')).toBe(1);
  expect(numberIn(up, 'gateway_probes{probe_successful="true",target_cluster_name="west"}')).toBe(100);
  expect(up).not.toContain('probe_successful="false"');
  const down = gatewayProbesPage(WEST, { startedAtMs: 0, downSinceMs: 150_000, nowMs: 300_000 });
  expect(numberIn(down, 'gateway_alive{target_cluster_name="west"}')).toBe(0);
  expect(numberIn(down, 'gateway_probes{probe_successful="true",target_cluster_name="west"}')).toBe(50);
  expect(numberIn(down, 'gateway_probes{probe_successful="false",target_cluster_name="west"}')).toBe(50);
});

it('gatewayProbesPage(cluster, probed) has a histogram that rises to its count, with half of it at the usual time', () => {
  const page = gatewayProbesPage(WEST, { startedAtMs: 0, downSinceMs: null, nowMs: 3_000_000 });
  const counts = [...page.matchAll(/_bucket\{.*\} (\d+)/g)].map(([, count]) => Number(count));
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(counts.at(-1)).toBe(1000);
  expect(numberIn(page, 'gateway_probe_latency_ms_bucket{target_cluster_name="west",le="10"}')).toBeLessThan(
    500,
  );
  expect(
    numberIn(page, 'gateway_probe_latency_ms_bucket{target_cluster_name="west",le="20"}'),
  ).toBeGreaterThan(500);
});
