// A real Prometheus on the recorded mesh's database, for tests that hold our answers against reality.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrometheus } from '../../../../scripts/binaries/prometheus-binary.ts';
import { stopChild } from '../../../../scripts/processes.ts';
import { startPrometheus } from '../../../../scripts/prometheus.ts';
import { unpackRecordedDatabase } from '../../../../scripts/recorded-database.ts';

export interface RecordedPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startRecordedPrometheus(): Promise<RecordedPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-recording-'));
  const data = await unpackRecordedDatabase(join(folder, 'data'));
  const { url, child } = await startPrometheus({ binary: await findPrometheus(), folder, data });
  return {
    url,
    async stop() {
      await stopChild(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
