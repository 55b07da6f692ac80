// A command as a person runs it: words in, what it printed and said, and how it ended.

import { accessSync } from 'node:fs';
import type { Command, Terminal } from '../../src/commands/command.ts';

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

export async function runCommand(
  command: Command,
  args: readonly string[],
  more: Partial<Terminal> = {},
): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await command.run({
    args,
    environment: {},
    checkFile: (path) => accessSync(path),
    print: (text) => {
      out += text;
    },
    say: (line) => {
      err += `${line}\n`;
    },
    now: Date.now,
    ...more,
  });
  return { out, err, code };
}

/** The URL of an app that listens on loopback until the test ends. */
export async function listening(app: {
  listen(at: { host: string; port: number }): Promise<string>;
}): Promise<string> {
  return app.listen({ host: '127.0.0.1', port: 0 });
}
