// How much of its tasks the main thread of a page worked: in this bench it shares two processors with the server, the made-up store,
// and the threads of the browser that paint and collect garbage, and waits for all of them.

import type { Browser } from '@playwright/test';
import { processorSeconds, workedMs } from './process-facts.ts';

const LOOK_EVERY_MS = 5;
/** A page's process may be another one after it went somewhere. */
const LIST_EVERY_MS = 200;

/** A task of a page. Ms since 1970. */
export interface Task {
  readonly fromMs: number;
  readonly untilMs: number;
}

interface Look {
  readonly atMs: number;
  readonly workedMs: number;
}

/** Processor time of a task; how long it lasted where the system does not say. */
export type WorkedIn = (task: Task) => number;

export interface PageWork {
  /** Of the page that worked most since. */
  stop(): Promise<WorkedIn>;
}

export async function followPageWork(browser: Browser): Promise<PageWork> {
  const session = await browser.newBrowserCDPSession();
  const looks = new Map<number, Look[]>();
  const list = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    for (const { type, id } of processInfo) if (type === 'renderer' && !looks.has(id)) looks.set(id, []);
  };
  const look = async () => {
    for (const [pid, own] of looks) {
      const worked = await workedMs(pid).catch(() => null);
      if (worked !== null) own.push({ atMs: performance.timeOrigin + performance.now(), workedMs: worked });
    }
  };
  await list();
  const listing = setInterval(() => void list().catch(() => undefined), LIST_EVERY_MS);
  const looking = setInterval(() => void look(), LOOK_EVERY_MS);
  return {
    async stop() {
      clearInterval(listing);
      clearInterval(looking);
      const pages = await Promise.all(
        [...looks].map(async ([pid, own]) => ({
          own,
          seconds: await processorSeconds(pid).catch(() => 0),
        })),
      );
      await session.detach();
      const [busiest] = pages.sort((a, b) => b.seconds - a.seconds);
      return (task) => workedIn(busiest?.own ?? [], task);
    },
  };
}

/** What was added between the last look before a task and the first after it: some ms too much, but no more than it lasted. */
function workedIn(looks: readonly Look[], { fromMs, untilMs }: Task): number {
  const before = looks.findLast(({ atMs }) => atMs <= fromMs);
  const after = looks.find(({ atMs }) => atMs >= untilMs);
  const lastedMs = untilMs - fromMs;
  return before && after ? Math.min(lastedMs, after.workedMs - before.workedMs) : lastedMs;
}
