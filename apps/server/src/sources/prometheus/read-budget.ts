// What may be held of all answers that are being read at once. Whoever finds no room waits for the others; the one that began
// first never waits, so that somebody always comes to an end.

import { SourceError } from '../source-error.ts';

/** What one answer takes, in bytes of its unpacked text. */
export interface ReadShare {
  /** Waits for room. Throws when this answer alone is more than may be held. */
  take(bytes: number): Promise<void>;
  /** All of it, for good. */
  release(): void;
}

export interface ReadBudget {
  open(): ReadShare;
}

export function createReadBudget(maxBytes: number, where: string): ReadBudget {
  /** In the order in which they began. */
  const open = new Set<object>();
  const waiting = new Set<() => void>();
  let held = 0;

  function wake(): void {
    for (const go of waiting) go();
    waiting.clear();
  }

  return {
    open() {
      const own = { bytes: 0 };
      open.add(own);
      const isFirst = () => open.values().next().value === own;
      return {
        async take(bytes) {
          if (own.bytes + bytes > maxBytes) throw tooMuch(maxBytes, where);
          while (open.has(own) && !isFirst() && held + bytes > maxBytes)
            await new Promise<void>((resolve) => waiting.add(resolve));
          if (!open.has(own)) return;
          own.bytes += bytes;
          held += bytes;
        },
        release() {
          open.delete(own);
          held -= own.bytes;
          own.bytes = 0;
          wake();
        },
      };
    },
  };
}

function tooMuch(maxBytes: number, where: string): SourceError {
  return new SourceError({
    source: 'prometheus',
    kind: 'too-much',
    message: `${where} answered with more than ${Math.round(maxBytes / 1024 / 1024)} MiB`,
    remedy:
      'the mesh in this store is larger than one answer may be: give the server more memory, or narrow it with --matcher',
  });
}
