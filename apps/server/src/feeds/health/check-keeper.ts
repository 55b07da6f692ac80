// What checks said before: since when each is as it is, what it was, and whether it comes and goes.

import type { Check, CheckState } from '@latchwork/shared/health/check';

interface Kept {
  state: CheckState;
  sinceMs: number;
  was: CheckState | null;
  /** When it changed, the newest last. */
  changedMs: number[];
}

const FLAP_WITHIN_MS = 3_600_000;
/** There and back twice. */
const FLAPS_FROM = 3;
const NEWS_FOR_MS = 3_600_000;

export interface CheckKeeper {
  /** The same checks with their past; remembers them. */
  keep(checks: readonly Check[], nowMs: number): Check[];
  /** What was said last; empty before the first look. */
  last(): readonly Check[];
}

export function createCheckKeeper(): CheckKeeper {
  const kept = new Map<string, Kept>();
  let last: readonly Check[] = [];

  function remember({ id, state }: Check, nowMs: number): Kept {
    const known = kept.get(id);
    if (!known) {
      const first: Kept = { state, sinceMs: nowMs, was: null, changedMs: [] };
      kept.set(id, first);
      return first;
    }
    if (known.state !== state) {
      known.was = known.state;
      known.state = state;
      known.sinceMs = nowMs;
      known.changedMs.push(nowMs);
    }
    known.changedMs = known.changedMs.filter((each) => nowMs - each <= FLAP_WITHIN_MS);
    return known;
  }

  return {
    keep(checks, nowMs) {
      last = checks.map((check) => {
        const { sinceMs, was, changedMs } = remember(check, nowMs);
        return {
          ...check,
          since: new Date(sinceMs).toISOString(),
          was: nowMs - sinceMs <= NEWS_FOR_MS ? was : null,
          changes: changedMs.length >= FLAPS_FROM ? changedMs.length : null,
        };
      });
      return [...last];
    },
    last: () => last,
  };
}
