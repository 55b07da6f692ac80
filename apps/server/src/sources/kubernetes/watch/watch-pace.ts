// When a watch comes back: sooner after a stream that lived a while, ever later after one that did not, and at once when
// somebody says so.

import { createPause, type Pause } from './pause.ts';

export interface WatchPace extends Pause {
  /** Of waits. */
  readonly ms: Waits;
  /** A stream is being read. */
  begin(): void;
  /** It is read no more, for whatever reason; null: there was none. */
  end(): 'healthy' | 'short' | null;
  /** Longer each time, unless a healthy stream ended since. */
  backOff(): Promise<void>;
  /** What does not fit is read in vain each time: longer each time, until it fits. */
  overflow(): Promise<void>;
  /** What did not is there whole. */
  fits(): void;
}

export interface Waits {
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
  readonly deniedMs: number;
  readonly absentMs: number;
  /** Between two lists where nothing may be watched. */
  readonly slowMs: number;
  readonly overflowMs: number;
  /** For a mark of the API server that is later than usual. */
  readonly slackMs: number;
}

const WAITS: Waits = {
  firstRetryMs: 500,
  lastRetryMs: 15_000,
  deniedMs: 60_000,
  absentMs: 300_000,
  slowMs: 30_000,
  overflowMs: 120_000,
  slackMs: 15_000,
};
const MOST_OVERFLOW_MS = 1_800_000;
/** A stream that lived this long ended for a reason of its own: the next trouble starts from the shortest wait. */
const HEALTHY_MS = 5_000;

interface WatchPaceOptions {
  readonly waits?: Partial<Waits>;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

export function createWatchPace({ waits, now, random, signal }: WatchPaceOptions): WatchPace {
  const ms = { ...WAITS, ...waits };
  const { wait, wake } = createPause(random, signal);
  let retries = 0;
  let overflows = 0;
  /** When the stream that is being read was opened; null while there is none. */
  let openSinceMs: number | null = null;

  return {
    ms,
    wait,
    wake,
    begin() {
      openSinceMs = now();
    },
    end() {
      if (openSinceMs === null) return null;
      const livedMs = now() - openSinceMs;
      openSinceMs = null;
      if (livedMs < HEALTHY_MS) return 'short';
      retries = 0;
      return 'healthy';
    },
    async overflow() {
      await wait(Math.min(ms.overflowMs * 2 ** overflows, MOST_OVERFLOW_MS));
      overflows += 1;
    },
    fits() {
      overflows = 0;
    },
    async backOff() {
      const next = Math.min(ms.firstRetryMs * 2 ** retries, ms.lastRetryMs);
      retries += 1;
      await wait(next);
    },
  };
}
