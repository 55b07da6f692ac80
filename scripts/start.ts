// `npm start`: the demo, or with --prometheus (or --kubeconfig) the same page on a real mesh. Prints one URL.

import { isCommandWord } from '../apps/server/src/commands/words.ts';
import { flagsOf } from '../apps/server/src/flags/flag.ts';
import { readGiven } from '../apps/server/src/flags/given.ts';
import { SERVER_FLAGS } from '../apps/server/src/flags/server-flags.ts';
import { buildPage } from './page.ts';
import { stopAllChildren, stopOnSignals } from './processes.ts';
import { startMesh, startServer } from './stack.ts';

const SCRAPE_INTERVAL_SECONDS = 2;
/** Flags that name a mesh, and words instead of a page: with one of them there is no demo. */
const OWN_MESH = ['prometheus', 'kubeconfig', 'context', 'help', 'version'];

const args = process.argv.slice(2);

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const { given } = readGiven(flagsOf(SERVER_FLAGS), args, process.env);
const isDemo = !OWN_MESH.some((flag) => given.has(flag));

async function startDemo() {
  say('Starting the demo: a simulated mesh, a real Prometheus and Latchwork');
  const mesh = await startMesh(SCRAPE_INTERVAL_SECONDS, say);
  cleanUp = mesh.stop;
  const server = await startServer(
    ['--demo', '--prometheus', mesh.sim.prometheusRelay, '--kubeconfig', mesh.sim.kubeconfig, ...args],
    say,
  );
  return { ...server, children: [...mesh.children, server.child] };
}

async function startOnMesh() {
  const server = await startServer(args, say);
  return { ...server, children: [server.child] };
}

let cleanUp: () => Promise<void> = async () => undefined;
async function stop() {
  await stopAllChildren();
  await cleanUp();
}
stopOnSignals(stop);

if (isCommandWord(args[0] ?? '') || given.has('help') || given.has('version')) {
  // Only words: the program prints them and ends.
  process.argv.splice(2, process.argv.length, ...args);
  await import('../apps/server/src/main.ts');
} else {
  try {
    await buildPage(say);
    const { url, children } = await (isDemo ? startDemo() : startOnMesh());
    process.stdout.write(`\nLatchwork is at ${url}\n\n`);
    const ended = await Promise.race(
      children.map(async (child) => `${child.name} ended: ${await child.gone}`),
    );
    say(`${ended}; stopping`);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  await stop();
  process.exit(1);
}
