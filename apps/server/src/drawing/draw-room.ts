// Where pictures are drawn: in one thread beside the server, each within its time, and once for all who want the same.

import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Graph } from '@latchwork/shared/graph';
import type { SpanUser } from '../feeds/span-leases.ts';
import { createDrawQueue } from './draw-queue.ts';
import type { PictureWanted } from './picture.ts';
import type { DrawingDone, DrawingJob } from './worker.ts';

export interface DrawRoom {
  /** Throws a TooBusy when too many wait already. */
  draw(graph: Graph, wanted: PictureWanted, user: SpanUser): Promise<string>;
  close(): Promise<void>;
}

export interface DrawRoomOptions {
  /** The file that the thread runs. */
  readonly worker: string;
  readonly withinMs?: number;
}

const WITHIN_MS = 15_000;
/** An idle thread keeps memory that nobody needs. */
const IDLE_MS = 60_000;
const MEMORY_MB = 96;
const MOST_KEPT_CHARACTERS = 16_000_000;

interface Task extends DrawingJob {
  readonly resolve: (picture: string) => void;
  readonly reject: (error: Error) => void;
}

export function createDrawRoom({ worker: file, withinMs = WITHIN_MS }: DrawRoomOptions): DrawRoom {
  const queue = createDrawQueue<Task>();
  const kept = new Map<string, string>();
  const underWay = new Map<string, Promise<string>>();
  let thread: Worker | null = null;
  let current: Task | null = null;
  let timer: NodeJS.Timeout | undefined;
  let keptCharacters = 0;

  function opened(): Worker {
    if (thread) return thread;
    const made = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    made.unref();
    made.on('message', (done: DrawingDone) => {
      const task = current;
      current = null;
      if ('picture' in done) task?.resolve(done.picture);
      else task?.reject(new Error(`a picture could not be drawn: ${done.failure}`));
      work();
    });
    // Out of memory, or worse: the next picture has a thread of its own.
    const gone = (error: Error) => {
      if (thread === made) lose(error);
    };
    made.on('error', gone);
    made.on('exit', () => gone(new Error('the thread that draws has ended')));
    thread = made;
    return made;
  }

  function lose(error: Error): void {
    const [task, old] = [current, thread];
    current = null;
    thread = null;
    void old?.terminate();
    task?.reject(error);
    work();
  }

  function work(): void {
    if (current) return;
    clearTimeout(timer);
    current = queue.next();
    if (!current) {
      timer = setTimeout(() => {
        const idle = thread;
        thread = null;
        void idle?.terminate();
      }, IDLE_MS);
      timer.unref();
      return;
    }
    timer = setTimeout(() => lose(new Error(`a picture took more than ${withinMs / 1000} s`)), withinMs);
    const { graph, wanted } = current;
    opened().postMessage({ graph, wanted } satisfies DrawingJob);
  }

  function keep(key: string, picture: string): void {
    kept.set(key, picture);
    keptCharacters += picture.length;
    for (const [oldest, { length }] of kept) {
      if (keptCharacters <= MOST_KEPT_CHARACTERS) return;
      kept.delete(oldest);
      keptCharacters -= length;
    }
  }

  return {
    async draw(graph, wanted, user) {
      const text = JSON.stringify(graph);
      // By what is shown, never by who asked: whoever sees the same gets the same picture, and nobody else does.
      const key = createHash('sha256').update(text).update(JSON.stringify(wanted)).digest('base64url');
      const known = kept.get(key) ?? underWay.get(key);
      if (known !== undefined) return known;
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      queue.push({ graph: text, wanted, resolve, reject }, user);
      underWay.set(key, promise);
      work();
      try {
        const picture = await promise;
        keep(key, picture);
        return picture;
      } finally {
        underWay.delete(key);
      }
    },
    async close() {
      clearTimeout(timer);
      const old = thread;
      thread = null;
      await old?.terminate();
    },
  };
}
