// A real Prometheus that scrapes sample pages every second, and meshes read from it by our client and collector.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPrometheus } from '../../../../scripts/binaries/prometheus-binary.ts';
import { stopChild } from '../../../../scripts/processes.ts';
import { startPrometheus } from '../../../../scripts/prometheus.ts';
import { createCollector } from '../../src/feeds/collector/collector.ts';
import { createStoreClusters } from '../../src/feeds/collector/store/store-clusters.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { createPrometheusClient } from '../../src/sources/prometheus/client.ts';
import { type SampleTarget, serveTargets } from './sample-target.ts';

export interface ScrapedSamples {
  readonly url: string;
  /** What the store knows now of the series that all of `matchers` choose. */
  read(...matchers: readonly string[]): Promise<Mesh>;
  stop(): Promise<void>;
}

const WINDOW_SECONDS = 10;
const SCRAPES_NEEDED = WINDOW_SECONDS + 3;
const READY_WITHIN_MS = 60_000;

/** Resolves when every target was scraped often enough for a whole window. */
export async function scrapeSamples(targets: readonly SampleTarget[]): Promise<ScrapedSamples> {
  const served = await serveTargets(targets);
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-samples-'));
  const scrape = { sdUrl: served.sdUrl, intervalSeconds: 1 };
  const { url, child } = await startPrometheus({ binary: await findPrometheus(), folder, scrape });
  const client = createPrometheusClient({ url });

  async function scrapes(): Promise<number> {
    const nowSeconds = Date.now() / 1000;
    const text = `min(sum_over_time(up[1m])) and on () (count(up) == ${targets.length})`;
    const [sample] = await client.query(text, { tier: 'start', atSeconds: nowSeconds });
    return sample?.value ?? 0;
  }
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while ((await scrapes()) < SCRAPES_NEEDED) {
    if (Date.now() > deadlineMs) throw new Error(`Prometheus scraped ${targets.length} pages too seldom`);
    await sleep(250);
  }

  return {
    url,
    async read(...matchers) {
      const clusters = createStoreClusters({ client, matchers, atSeconds: null, now: Date.now });
      const collector = createCollector({ client, matchers, clusters, defaultAtSeconds: null });
      try {
        return await collector.read({ windowSeconds: WINDOW_SECONDS, atSeconds: null });
      } finally {
        collector.close();
      }
    },
    async stop() {
      await client.close();
      await stopChild(child);
      await served.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
