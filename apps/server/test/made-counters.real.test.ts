// Made-up counters through a real Prometheus: what we say differs from what happened by at most one scrape's worth.

import type { Edge } from '@latchwork/shared/edge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toGraph } from '../src/mesh/graph.ts';
import { madeCounters, truthOf } from './made-counters.ts';
import { writtenPod } from './written-pod.ts';
import { startWrittenStore, type WrittenStore } from './written-store.ts';

const NOW = Math.floor(Date.now() / 1000) - 10;
const MADE = Array.from({ length: 60 }, (_, seed) => madeCounters(seed + 1, NOW));
const edges = new Map<string, Edge | null>();
let store: WrittenStore;

beforeAll(async () => {
  store = await startWrittenStore();
  for (const { cluster, pods, windowSeconds } of MADE) {
    await store.write(pods.flatMap(writtenPod));
    const mesh = await store.read(cluster, NOW, windowSeconds);
    expect(mesh.windowSeconds, cluster).toBe(windowSeconds);
    edges.set(cluster, toGraph(mesh, { namespaces: [], noise: 'hide' }).edges[0] ?? null);
  }
});
afterAll(() => store?.stop());

describe.each(MADE)('$cluster, a window of $windowSeconds s', (made) => {
  const http = () => edges.get(made.cluster)?.http ?? null;

  it('has the calls that happened, to one scrape', () => {
    const { count, apart } = truthOf(made, NOW, () => true);
    const said = (http()?.rps ?? 0) * made.windowSeconds;
    expect(Math.abs(said - count), `said ${said}, happened ${count}`).toBeLessThanOrEqual(apart + 0.01);
  });

  it('has the failures that happened, to one scrape, and is never 100 % when there were some', () => {
    const isFailure = (labels: Readonly<Record<string, string>>) => labels['classification'] === 'failure';
    const { count, apart, sure } = truthOf(made, NOW, isFailure);
    const said = (1 - (http()?.successRate ?? 1)) * (http()?.rps ?? 0) * made.windowSeconds;
    expect(Math.abs(said - count), `said ${said}, happened ${count}`).toBeLessThanOrEqual(apart + 0.01);
    if (sure > 0) expect(http()?.successRate).toBeLessThan(1);
  });

  it('is never secured when something was plaintext', () => {
    const { sure } = truthOf(made, NOW, (labels) => labels['tls'] !== 'true');
    if (sure > 0) expect(edges.get(made.cluster)?.lock.state).not.toBe('secured');
  });
});
