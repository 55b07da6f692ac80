// A real Prometheus with a past that a test writes into it, and meshes read from it by our client and collector.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopChild } from '../../../scripts/processes.ts';
import { startPrometheus } from '../../../scripts/prometheus.ts';
import { findPrometheus } from '../../../scripts/prometheus-binary.ts';
import { remoteWrite, type WrittenSeries } from '../../../scripts/remote-write.ts';
import { createCollector } from '../src/feeds/collector/collector.ts';
import type { Mesh } from '../src/mesh/mesh.ts';
import { createPrometheusClient } from '../src/sources/prometheus/client.ts';

export interface WrittenStore {
  write(series: Iterable<WrittenSeries>): Promise<void>;
  /** What is known at a moment (Unix seconds) of the series of one `cluster`. */
  read(cluster: string, atSeconds: number, windowSeconds: number): Promise<Mesh>;
  stop(): Promise<void>;
}

export async function startWrittenStore(): Promise<WrittenStore> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-written-'));
  const { url, child } = await startPrometheus({
    binary: await findPrometheus(),
    folder,
    flags: ['--web.enable-remote-write-receiver'],
  });
  const client = createPrometheusClient({ url });
  return {
    async write(series) {
      await remoteWrite(url, series);
    },
    async read(cluster, atSeconds, windowSeconds) {
      const matchers = [`cluster="${cluster}"`];
      const collector = createCollector({ client, matchers, defaultAtSeconds: null });
      try {
        return await collector.read({ windowSeconds, atSeconds });
      } finally {
        collector.close();
      }
    },
    async stop() {
      await client.close();
      await stopChild(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
