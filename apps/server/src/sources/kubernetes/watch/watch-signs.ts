// Signs of life of a watch. Where nothing changes the API server marks now and then how far it is (a bookmark), about once a
// minute; it promises nothing, so what is usual is learned from the marks that came. A stream that is silent for longer is
// late, although its connection is open. https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks

export interface WatchSigns {
  /** Aborted, with a `LateWatch`, when the stream that is opened next is late. */
  begin(): AbortSignal;
  opened(): void;
  saw(type: unknown): void;
  end(): void;
}

export class LateWatch extends Error {
  readonly silentMs: number;
  readonly usualMs: number;

  constructor(silentMs: number, usualMs: number) {
    super('a watch is silent');
    this.silentMs = silentMs;
    this.usualMs = usualMs;
  }
}

interface WatchSignsOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** A mark may come so much later than usual. */
  readonly slackMs: number;
}

export function createWatchSigns({ now, slackMs }: WatchSignsOptions): WatchSigns {
  let late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  /** The longest time from mark to mark; null: there was none yet. */
  let usualMs: number | null = null;
  let markedMs = 0;
  let seenMs = 0;

  /** Armed once for many lines: it looks at when the last one came. */
  function arm(): void {
    if (usualMs === null || timer !== undefined) return;
    timer = setTimeout(look, Math.max(0, seenMs + usualMs + slackMs - now()));
  }

  function look(): void {
    timer = undefined;
    const silentMs = now() - seenMs;
    if (usualMs !== null && silentMs >= usualMs + slackMs) late.abort(new LateWatch(silentMs, usualMs));
    else arm();
  }

  return {
    begin() {
      late = new AbortController();
      return late.signal;
    },
    opened() {
      markedMs = now();
      seenMs = markedMs;
      arm();
    },
    saw(type) {
      seenMs = now();
      if (type !== 'BOOKMARK') return;
      usualMs = Math.max(usualMs ?? 0, seenMs - markedMs);
      markedMs = seenMs;
      arm();
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
