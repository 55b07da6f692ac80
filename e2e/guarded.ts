// A server of a story's own on the mesh of all, that asks who somebody is; and the files with its secrets.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/free-port.ts';
import { stopChild } from '../scripts/processes.ts';
import { startServer } from '../scripts/stack.ts';
import type { Stack } from './stack.ts';

export interface GuardedServer {
  readonly url: string;
  write(name: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

/** `flags` gets where the server will be, and the path of a file by its name. */
export async function startGuarded(
  stack: Stack,
  files: Readonly<Record<string, string>>,
  flags: (url: string, path: (name: string) => string) => readonly string[] | Promise<readonly string[]>,
): Promise<GuardedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-guarded-'));
  const path = (name: string) => join(folder, name);
  const write = (name: string, text: string) => writeFile(path(name), text);
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer(
    ['--port', String(port), ...stack.sources, ...(await flags(url, path))],
    () => undefined,
  );
  return {
    url,
    write,
    async stop() {
      await stopChild(server.child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
