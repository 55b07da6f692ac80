// Makes `app.guarding` available: tells open sockets when what opened them may have ended, within a second.

import { stat } from 'node:fs/promises';
import fp from 'fastify-plugin';
import type { Stop } from '../feeds/feed.ts';

export interface Guarding {
  /** `untilSeconds`: when the right ends by itself; null: it does not. */
  watch(look: () => void, untilSeconds: number | null): Stop;
  /** Has everybody look now: something was ended here. */
  look(): void;
}

declare module 'fastify' {
  interface FastifyInstance {
    guarding: Guarding;
  }
  interface FastifyRequest {
    /** What gives back the place that an upgrade took. */
    socketPlace: Stop | null;
  }
}

export interface GuardingOptions {
  /** Of tokens, keys and ended links. */
  readonly files: readonly string[];
  readonly nowMs: () => number;
  readonly everyMs?: number;
}

const EVERY_MS = 1_000;
/** A longer timer would fire at once. */
const MOST_MS = 2 ** 31 - 1;

export const guardingPlugin = fp<GuardingOptions>(
  async (app, { files, nowMs, everyMs = EVERY_MS }) => {
    const looks = new Set<() => void>();
    let timer: NodeJS.Timeout | undefined;
    let before = '';

    async function stamps(): Promise<string> {
      const all = await Promise.all(files.map((path) => stat(path).catch(() => null)));
      return all.map((file) => `${file?.mtimeMs} ${file?.size} ${file?.ino}`).join();
    }
    async function look(): Promise<void> {
      const now = await stamps();
      if (before !== '' && now !== before) lookAll();
      before = now;
      if (looks.size > 0) schedule();
    }
    function lookAll(): void {
      for (const each of [...looks]) each();
    }
    function schedule(): void {
      timer = setTimeout(() => void look(), everyMs);
      timer.unref();
    }

    app.decorateRequest('socketPlace', null);
    app.decorate('guarding', {
      look: lookAll,
      watch(each, untilSeconds) {
        looks.add(each);
        if (looks.size === 1 && files.length > 0)
          void stamps().then(
            (now) => (before = now),
            () => undefined,
          );
        if (looks.size === 1 && files.length > 0) schedule();
        const untilMs = untilSeconds === null ? null : untilSeconds * 1000 - nowMs() + 1;
        const ending =
          untilMs === null ? undefined : setTimeout(each, Math.min(MOST_MS, Math.max(0, untilMs)));
        ending?.unref();
        return () => {
          clearTimeout(ending);
          looks.delete(each);
          if (looks.size === 0) clearTimeout(timer);
        };
      },
    } satisfies Guarding);
    app.addHook('onClose', async () => clearTimeout(timer));
  },
  { name: 'guarding' },
);
