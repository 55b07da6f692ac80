// The same print again and again, in the place of the last one where there is a screen to clear.

import type { Look } from '../asking/look.ts';
import type { Terminal } from '../command.ts';

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
  print: (terminal: Terminal) => Promise<number>,
): Promise<number> {
  const isCleared = isWatch && look.columns !== null;
  for (;;) {
    const code = await print(isCleared ? clearing(terminal) : terminal);
    if (!isWatch || !terminal.wait || !(await terminal.wait(EVERY_MS))) return code;
  }
}

/** What is there stays until there is something in its place. */
function clearing(terminal: Terminal): Terminal {
  let isClear = false;
  function clear(): void {
    if (!isClear) terminal.print('\u001b[2J\u001b[H');
    isClear = true;
  }
  return {
    ...terminal,
    print(text) {
      clear();
      terminal.print(text);
    },
    say(line) {
      clear();
      terminal.say(line);
    },
  };
}
