// The demo's processes, for `npm start` and the stories: mesh-sim, a real Prometheus that scrapes it, the server.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPrometheus } from './binaries/prometheus-binary.ts';
import { freePort } from './free-port.ts';
import { type Child, startChild, stopChild } from './processes.ts';
import { CACHE, MESH_SIM, SERVER } from './programs.ts';
import { startPrometheus } from './prometheus.ts';

/** What mesh-sim prints when it listens: the URL of each of its doors. */
export interface SimUrls {
  readonly metrics: string;
  readonly sd: string;
  readonly tap: string;
  readonly tapRelay: string;
  readonly prometheusRelay: string;
  readonly control: string;
  /** The API server. */
  readonly kubernetes: string;
  /** The file that leads there. */
  readonly kubeconfig: string;
}

export interface Mesh {
  readonly sim: SimUrls;
  /** The Prometheus itself; the server is given the relay in front of it. */
  readonly prometheusUrl: string;
  readonly children: readonly Child[];
  stop(): Promise<void>;
}

export interface RunningServer {
  readonly url: string;
  readonly child: Child;
}

type Say = (line: string) => void;

const READY_AFTER_MS = 60_000;
/** From source: what was compiled once is not compiled again, which saves 20 MB of each process, too. */
const COMPILED = CACHE === null ? {} : { NODE_COMPILE_CACHE: join(CACHE, 'compiled') };
/** As in the image: glibc keeps what was freed for each of its arenas, another 20 MB with 1,000 workloads. */
const LEAN = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

/** Resolves with the first line of standard output that `read` accepts. */
function firstLine<T>(
  name: string,
  script: string,
  args: readonly string[],
  say: Say,
  read: (line: string) => T | null,
): Promise<{ value: T; child: Child }> {
  return new Promise((resolve, reject) => {
    const words: string[] = [];
    let done = false;
    const child = startChild(name, process.execPath, [script, ...args], {
      env: { ...COMPILED, ...LEAN },
      ipc: true,
      onLine: (line) => {
        const value = done ? null : read(line);
        if (value === null) return;
        done = true;
        clearTimeout(timer);
        resolve({ value, child });
      },
      onErrorLine: (line) => {
        words.push(line);
        if (words.length > 40) words.shift();
        if (done) say(line);
      },
    });
    const timer = setTimeout(() => {
      void stopChild(child);
      reject(new Error(`${name} was not ready within ${READY_AFTER_MS / 1000} s: ${words.join('\n')}`));
    }, READY_AFTER_MS);
    void child.gone.then((how) => {
      clearTimeout(timer);
      if (!done)
        reject(new Error(words.length ? words.join('\n') : `${name} ended before it was ready (${how})`));
    });
  });
}

function readSim(line: string): SimUrls | null {
  return line.startsWith('{') ? (JSON.parse(line) as SimUrls) : null;
}

/** `scenario`: of mesh-sim; absent: the demo's. */
export async function startMesh(scrapeIntervalSeconds: number, say: Say, scenario?: string): Promise<Mesh> {
  const binary = await findPrometheus(say);
  const folder = await mkdtemp(join(tmpdir(), 'latchwork-demo-'));
  const children: Child[] = [];
  async function stop() {
    await Promise.all(children.map(stopChild));
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  try {
    const port = await freePort();
    const prometheusUrl = `http://127.0.0.1:${port}`;
    const sim = await firstLine(
      'mesh-sim',
      MESH_SIM,
      [
        ...['--prometheus', prometheusUrl, '--port', '0', '--control-port', '0'],
        ...['--kubeconfig-file', join(folder, 'kubeconfig')],
        ...(scenario ? ['--scenario', scenario] : []),
      ],
      say,
      readSim,
    );
    children.push(sim.child);
    const { child } = await startPrometheus({
      binary,
      folder,
      port,
      scrape: { sdUrl: sim.value.sd, intervalSeconds: scrapeIntervalSeconds },
    });
    children.push(child);
    return { sim: sim.value, prometheusUrl, children, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the server with these flags; resolves with the URL that it prints. */
export async function startServer(args: readonly string[], say: Say): Promise<RunningServer> {
  const { value, child } = await firstLine('latchwork', SERVER, args, say, (line) => {
    return /(https?:\/\/\S+)/.exec(line)?.[1] ?? null;
  });
  return { url: value, child };
}
