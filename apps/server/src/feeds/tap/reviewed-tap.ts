// A tap for somebody whose rights are Kubernetes': asked before it begins, and again while it runs. Never shared with others.

import type { TapParams } from '@latchwork/shared/tap/tap-params';
import type { Stop } from '../feed.ts';
import type { TopicSource } from '../hub.ts';

export interface TapReview {
  /** Whose tap it is, for the key of the feed. */
  readonly who: string;
  readonly mayTap: (params: TapParams) => Promise<boolean>;
  /** What is said to whoever may not. */
  readonly refusal: () => Error;
  readonly everyMs?: number;
}

/** A right that was taken away ends what it allowed. */
const EVERY_MS = 60_000;

export function reviewedTap<T>(
  topic: (params: TapParams) => TopicSource<T>,
  { who, mayTap, refusal, everyMs = EVERY_MS }: TapReview,
): (params: TapParams) => TopicSource<T> {
  return (params) => {
    const source = topic(params);
    return {
      key: `of ${who} ${source.key}`,
      start(sink) {
        let isOver = false;
        let stop: Stop | null = null;
        let timer: NodeJS.Timeout | undefined;

        async function review(): Promise<void> {
          let isAllowed: boolean;
          try {
            isAllowed = await mayTap(params);
          } catch (error) {
            // Nobody can say: what was not begun does not begin, what runs goes on until the next time.
            if (!isOver && stop === null) sink.trouble(error);
            isAllowed = stop !== null;
          }
          if (isOver) return;
          timer = setTimeout(() => void review(), everyMs);
          if (isAllowed) stop ??= source.start(sink);
          else {
            stop?.();
            stop = null;
            sink.trouble(refusal());
          }
        }

        void review();
        return () => {
          isOver = true;
          clearTimeout(timer);
          stop?.();
        };
      },
    };
  };
}
