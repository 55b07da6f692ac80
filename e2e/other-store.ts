// The proxies of the stack as other people store them, and a server that knows nothing but that store.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrometheus } from '../scripts/binaries/prometheus-binary.ts';
import { freePort } from '../scripts/free-port.ts';
import { stopChild } from '../scripts/processes.ts';
import { type Scrape, startPrometheus } from '../scripts/prometheus.ts';
import { startServer } from '../scripts/stack.ts';

export interface OtherStore {
  /** Of the server. */
  readonly url: string;
  stop(): Promise<void>;
}

const INTERVAL_SECONDS = 2;

export async function startOtherStore(sdUrl: string, jobs: Scrape['jobs']): Promise<OtherStore> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-store-'));
  const scrape = { sdUrl, intervalSeconds: INTERVAL_SECONDS, ...(jobs && { jobs }) };
  const { url, child } = await startPrometheus({ binary: await findPrometheus(), folder, scrape });
  const flags = ['--port', String(await freePort()), '--prometheus', url];
  const server = await startServer(flags, () => undefined);
  return {
    url: server.url,
    async stop() {
      await stopChild(server.child);
      await stopChild(child);
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
