// The demo as one thing to start: a simulated mesh, a real Prometheus that scrapes it, and the server that looks at both.

import { type Child, stopAllChildren, stopOnSignals } from './processes.ts';
import { startMesh, startServer } from './stack.ts';

const SCRAPE_INTERVAL_SECONDS = 2;

export type Say = (line: string) => void;

export interface Started {
  readonly url: string;
  readonly children: readonly Child[];
  /** What is left behind once its programs have ended. */
  readonly cleanUp?: () => Promise<void>;
}

/** `args`: more flags of the server. */
export async function startDemo(args: readonly string[], say: Say): Promise<Started> {
  say('Starting the demo: a simulated mesh, a real Prometheus and Latchwork');
  const mesh = await startMesh(SCRAPE_INTERVAL_SECONDS, say);
  try {
    const server = await startServer(
      ['--demo', '--prometheus', mesh.sim.prometheusRelay, '--kubeconfig', mesh.sim.kubeconfig, ...args],
      say,
    );
    return { url: server.url, children: [...mesh.children, server.child], cleanUp: mesh.stop };
  } catch (error) {
    await mesh.stop();
    throw error;
  }
}

/** Says where the page is, and ends the process with the first program that ends, or on a signal. */
export async function runUntilEnd(start: (say: Say) => Promise<Started>): Promise<never> {
  const say: Say = (line) => void process.stderr.write(`${line}\n`);
  let cleanUp: Started['cleanUp'];
  async function stop() {
    await stopAllChildren();
    await cleanUp?.();
  }
  stopOnSignals(stop);
  try {
    const started = await start(say);
    cleanUp = started.cleanUp;
    process.stdout.write(`\nLatchwork is at ${started.url}\n\n`);
    const ended = await Promise.race(
      started.children.map(async (child) => `${child.name} ended: ${await child.gone}`),
    );
    say(`${ended}; stopping`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  await stop();
  process.exit(1);
}

/** `latchwork --demo`, which loads this when it is asked for. */
export function runDemo(args: readonly string[]): Promise<never> {
  return runUntilEnd((say) => startDemo(args, say));
}
