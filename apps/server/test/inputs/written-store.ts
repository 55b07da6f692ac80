// A real store with a past that a test writes into it, and meshes read from it by our client and collector.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPrometheus } from '../../../../scripts/binaries/prometheus-binary.ts';
import { freePort } from '../../../../scripts/free-port.ts';
import { startChild, stopChild } from '../../../../scripts/processes.ts';
import { startPrometheus } from '../../../../scripts/prometheus.ts';
import { remoteWrite, type WrittenSeries } from '../../../../scripts/remote-write.ts';
import { createCollector } from '../../src/feeds/collector/collector.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { createPrometheusClient, type PrometheusClient } from '../../src/sources/prometheus/client.ts';

export interface WrittenStore {
  write(series: Iterable<WrittenSeries>): Promise<void>;
  /** What is known at a moment (Unix seconds) of the series of one `cluster`. */
  read(cluster: string, atSeconds: number, windowSeconds: number): Promise<Mesh>;
  readonly client: PrometheusClient;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;

/** A Prometheus, or a VictoriaMetrics where its program is given. */
export async function startWrittenStore(victoriaMetrics?: string): Promise<WrittenStore> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-written-'));
  const { url, child } = victoriaMetrics
    ? await startVictoriaMetrics(victoriaMetrics, folder)
    : await startPrometheus({
        binary: await findPrometheus(),
        folder,
        flags: ['--web.enable-remote-write-receiver'],
      });
  const client = createPrometheusClient({ url });
  return {
    client,
    async write(series) {
      await remoteWrite(url, series);
      // It shows what was written a moment later, unless it is told to.
      if (victoriaMetrics) await fetch(`${url}/internal/force_flush`);
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

async function startVictoriaMetrics(binary: string, folder: string) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = startChild('victoria-metrics', binary, [
    `-httpListenAddr=127.0.0.1:${port}`,
    `-storageDataPath=${folder}`,
    '-retentionPeriod=1',
    '-loggerLevel=ERROR',
  ]);
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadlineMs) {
    const isUp = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return { url, child };
    await sleep(100);
  }
  throw new Error(`VictoriaMetrics did not answer within ${READY_WITHIN_MS / 1000} s`);
}
