// A server whose user has a RoleBinding in one namespace and nothing else, as in clusters that teams share: the API server of the
// mesh with rights of its own in front.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/free-port.ts';
import { stopChild } from '../scripts/processes.ts';
import { startServer } from '../scripts/stack.ts';
import type { Stack } from './stack.ts';

export interface NarrowServer {
  readonly url: string;
  /** Paths of the API server that were refused, and those that were not. */
  readonly refused: readonly string[];
  readonly passed: readonly string[];
  stop(): Promise<void>;
}

/** What everybody may ask of an API server: what it is, and what oneself may do. */
const FOR_ALL = /^\/(version|api|apis)$|\/(authorization|authentication)\.k8s\.io\//;

export async function startInOneNamespace(stack: Stack, namespace: string): Promise<NarrowServer> {
  const [, store = '', , kubeconfig = ''] = stack.sources;
  const text = await readFile(kubeconfig, 'utf8');
  const [target = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  const refused: string[] = [];
  const passed: string[] = [];

  function answer(from: IncomingMessage, to: ServerResponse): void {
    const { pathname } = new URL(from.url ?? '/', target);
    const isAllowed = `${pathname}/`.includes(`/namespaces/${namespace}/`) || FOR_ALL.test(pathname);
    (isAllowed ? passed : refused).push(pathname);
    if (!isAllowed) {
      const resource = pathname.split('/').at(-1);
      const message = `${resource} is forbidden: User "dev" cannot list resource "${resource}" at the cluster scope`;
      to.writeHead(403, { 'content-type': 'application/json' });
      to.end(JSON.stringify({ kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message }));
      return;
    }
    const { method, headers } = from;
    const upstream = ask(new URL(from.url ?? '/', target), { method, headers }, (answered) => {
      to.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(to);
    });
    upstream.on('error', () => to.destroy());
    to.on('close', () => upstream.destroy());
    from.pipe(upstream);
  }
  const front = createServer(answer);
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;

  const folder = await mkdtemp(join(tmpdir(), 'latchwork-narrow-'));
  const own = JSON.parse(text) as { contexts: { context: Record<string, string> }[] };
  for (const { context } of own.contexts) context['namespace'] = namespace;
  await writeFile(
    join(folder, 'kubeconfig'),
    JSON.stringify(own).replaceAll(target, `http://127.0.0.1:${port}`),
  );
  const flags = ['--prometheus', store, '--kubeconfig', join(folder, 'kubeconfig')];
  const server = await startServer(['--port', String(await freePort()), ...flags], () => undefined);
  return {
    url: server.url,
    refused,
    passed,
    async stop() {
      await stopChild(server.child);
      front.closeAllConnections();
      front.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
