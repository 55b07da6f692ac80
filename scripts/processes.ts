// Child processes that end with us, whatever ends us.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Child {
  readonly name: string;
  readonly process: ChildProcess;
  /** Resolves with the exit code (or signal) once it is gone. */
  readonly gone: Promise<string>;
}

export interface ChildOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** What to do with its standard output; `pipe` hands lines to `onLine`. */
  readonly onLine?: (line: string) => void;
  readonly onErrorLine?: (line: string) => void;
  /** Node programs of ours watch this channel and end when it closes. */
  readonly ipc?: boolean;
}

const STOP_AFTER_MS = 4_000;
const running = new Set<Child>();

export function startChild(
  name: string,
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Child {
  const child = spawn(command, args, {
    ...(options.cwd ? { cwd: options.cwd } : {}),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
  });
  const gone = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  const entry: Child = { name, process: child, gone };
  running.add(entry);
  void gone.then(() => running.delete(entry));
  if (child.stdout) createInterface({ input: child.stdout }).on('line', options.onLine ?? (() => undefined));
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', options.onErrorLine ?? (() => undefined));
  return entry;
}

export async function stopChild(child: Child): Promise<void> {
  if (!running.has(child)) return;
  child.process.kill('SIGTERM');
  const timer = setTimeout(() => child.process.kill('SIGKILL'), STOP_AFTER_MS);
  await child.gone;
  clearTimeout(timer);
}

export async function stopAllChildren(): Promise<void> {
  await Promise.all([...running].map(stopChild));
}

/** Runs `stop` once on SIGINT, SIGTERM, SIGHUP or when the process that started us is gone, then exits. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  function end(code: number) {
    if (stopping) return;
    stopping = true;
    // Whatever a child does, nobody waits for ever.
    setTimeout(() => process.exit(code), STOP_AFTER_MS + 2_000).unref();
    void stop().finally(() => process.exit(code));
  }
  process.on('SIGINT', () => end(130));
  process.on('SIGTERM', () => end(143));
  process.on('SIGHUP', () => end(129));
  if (process.send) process.on('disconnect', () => end(1));
  process.on('exit', () => {
    for (const child of running) child.process.kill('SIGKILL');
  });
}
