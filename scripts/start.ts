// `npm start`: the demo, or with --prometheus (or --kubeconfig) the same page on a real mesh. Prints one URL.

import { isCommandWord } from '../apps/server/src/commands/words.ts';
import { flagsOf } from '../apps/server/src/flags/flag.ts';
import { readGiven } from '../apps/server/src/flags/given.ts';
import { SERVER_FLAGS } from '../apps/server/src/flags/server-flags.ts';
import { runUntilEnd, type Say, type Started, startDemo } from './demo.ts';
import { buildPage } from './page.ts';
import { startServer } from './stack.ts';

/** Flags that name a mesh, and words instead of a page: with one of them there is no demo. */
const OWN_MESH = ['prometheus', 'kubeconfig', 'context', 'help', 'version'];

// `--demo` is what it does anyway.
const args = process.argv.slice(2).filter((arg) => arg !== '--demo');

const { given } = readGiven(flagsOf(SERVER_FLAGS), args, process.env);
const isDemo = !OWN_MESH.some((flag) => given.has(flag));

async function startOnMesh(say: Say): Promise<Started> {
  const { url, child } = await startServer(args, say);
  return { url, children: [child] };
}

if (isCommandWord(args[0] ?? '') || given.has('help') || given.has('version')) {
  // Only words: the program prints them and ends.
  process.argv.splice(2, process.argv.length, ...args);
  await import('../apps/server/src/main.ts');
} else {
  await runUntilEnd(async (say) => {
    await buildPage(say);
    return isDemo ? startDemo(args, say) : startOnMesh(say);
  });
}
