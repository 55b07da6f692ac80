// An nginx of ours in front of one server, with a site's configuration that was written for a real one.

import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { type Child, startChild } from './processes.ts';

export interface NginxSite {
  readonly binary: string;
  /** Everything it writes lives here. */
  readonly folder: string;
  /** A `server` block that listens on port 80 and hands on to 127.0.0.1:8470. */
  readonly site: string;
  /** Where the server really is. */
  readonly serverPort: number;
  /** Where it listens; a free one without it. */
  readonly port?: number;
}

export interface RunningNginx {
  readonly port: number;
  readonly child: Child;
}

const READY_AFTER_MS = 10_000;

/** Resolves when it listens, on a free port of loopback. Throws with its last words when it ends before. */
export async function startNginx({
  binary,
  folder,
  site,
  serverPort,
  ...wish
}: NginxSite): Promise<RunningNginx> {
  const port = wish.port ?? (await freePort());
  await mkdir(join(folder, 'temp'), { recursive: true });
  await writeFile(
    join(folder, 'site.conf'),
    site
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('server 127.0.0.1:8470;', `server 127.0.0.1:${serverPort};`),
  );
  await writeFile(join(folder, 'nginx.conf'), mainConfiguration(folder));
  const words: string[] = [];
  const args = ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
  const child = startChild('nginx', binary, args, { onErrorLine: (line) => words.push(line) });
  let ended: string | null = null;
  void child.gone.then((how) => {
    ended = how;
  });
  const deadline = Date.now() + READY_AFTER_MS;
  while (Date.now() < deadline) {
    if (ended) throw new Error(`nginx ended (${ended}): ${words.join(' | ')}`);
    if (await listens(port)) return { port, child };
    await sleep(50);
  }
  throw new Error(`nginx did not listen within ${READY_AFTER_MS / 1000} s: ${words.join(' | ')}`);
}

/** What a distribution's own nginx.conf has around a site, here for one user and one folder. */
function mainConfiguration(folder: string): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, 'temp', name)};`,
  );
  return [
    ...(process.getuid?.() === 0 ? ['user root root;'] : []),
    'daemon off;',
    'worker_processes 1;',
    `pid ${join(folder, 'nginx.pid')};`,
    'error_log stderr warn;',
    'events {}',
    'http {',
    'access_log off;',
    ...places,
    `include ${join(folder, 'site.conf')};`,
    '}',
    '',
  ].join('\n');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
