// The real stack for a story: mesh-sim, Prometheus, server. One for each worker; every story starts with all switches off.

import { test as base } from '@playwright/test';
import { freePort } from '../scripts/free-port.ts';
import { stopChild } from '../scripts/processes.ts';
import { type Mesh, type RunningServer, startMesh, startServer } from '../scripts/stack.ts';

export type RelayMode = 'pass' | 'hang' | '500' | 'garbage' | 'half' | 'empty' | 'slow' | 'refuse';

export class Stack {
  readonly url: string;
  readonly #mesh: Mesh;
  readonly #port: number;
  #server: RunningServer | null = null;

  constructor(mesh: Mesh, port: number) {
    this.#mesh = mesh;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  get control(): string {
    return this.#mesh.sim.control;
  }

  /** Where its proxies are found, for a store of a story's own. */
  get sdUrl(): string {
    return this.#mesh.sim.sd;
  }

  /** The flags that lead a server to this mesh. */
  get sources(): string[] {
    const { sim } = this.#mesh;
    return ['--prometheus', sim.prometheusRelay, '--kubeconfig', sim.kubeconfig];
  }

  async startServer(flags: readonly string[] = []): Promise<void> {
    this.#server = await startServer(
      ['--demo', '--port', String(this.#port), ...this.sources, ...flags],
      () => undefined,
    );
  }

  /** Kills the server as a crash would: nobody is told. */
  async killServer(): Promise<void> {
    if (!this.#server) return;
    this.#server.child.process.kill('SIGKILL');
    await this.#server.child.gone;
    this.#server = null;
  }

  async stop(): Promise<void> {
    if (this.#server) await stopChild(this.#server.child);
    await this.#mesh.stop();
  }

  /** One switch of mesh-sim, such as `/fail/harbour/pilot?rate=0.5`. */
  async turn(path: string): Promise<void> {
    const answer = await fetch(`${this.control}${path}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`mesh-sim refused ${path}: ${answer.status} ${await answer.text()}`);
  }

  fail(namespace: string, name: string, rate = 0.5): Promise<void> {
    return this.turn(`/fail/${namespace}/${name}?rate=${rate}`);
  }

  prometheus(mode: RelayMode): Promise<void> {
    return this.turn(`/relay/prometheus?mode=${mode}`);
  }

  tap(mode: RelayMode): Promise<void> {
    return this.turn(`/relay/tap?mode=${mode}`);
  }

  reset(): Promise<void> {
    return this.turn('/reset');
  }
}

const SCRAPE_INTERVAL_SECONDS = 1;

export const test = base.extend<{ allSwitchesOff: undefined }, { scenario: string; stack: Stack }>({
  /** Of mesh-sim. */
  scenario: ['ferry-line', { option: true, scope: 'worker' }],
  stack: [
    async ({ scenario }, use) => {
      const mesh = await startMesh(SCRAPE_INTERVAL_SECONDS, () => undefined, scenario);
      const stack = new Stack(mesh, await freePort());
      try {
        await stack.startServer();
        await use(stack);
      } finally {
        await stack.stop();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  allSwitchesOff: [
    async ({ stack }, use) => {
      await stack.reset();
      await use(undefined);
    },
    { auto: true },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
});

export { expect } from '@playwright/test';
