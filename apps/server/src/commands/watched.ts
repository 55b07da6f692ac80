// The same print again and again, in the place of the last one where there is a screen to clear.

import type { Terminal } from './command.ts';
import type { Look } from './look.ts';

/** Half of the usual scrape interval. */
const EVERY_MS = 5_000;

interface Watched {
  readonly terminal: Terminal;
  readonly look: Look;
}

/** Ends with the exit code of the last print: at once without `isWatch`, else when the terminal has enough. */
export async function watched(
  { terminal, look }: Watched,
  isWatch: boolean,
  print: () => Promise<number>,
): Promise<number> {
  for (;;) {
    if (isWatch && look.columns !== null) terminal.print('\u001b[2J\u001b[H');
    const code = await print();
    if (!isWatch || !terminal.wait || !(await terminal.wait(EVERY_MS))) return code;
  }
}
