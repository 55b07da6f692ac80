// The beginning of what goes on now, read from the moments at which it was so.

export interface Since {
  /** Unix seconds. */
  readonly atSeconds: number;
  /** It was so already there, where the data begins. */
  readonly before: boolean;
}

/**
 * `moments`: at which it was so, of every `stepSeconds` up to the end; `dataSeconds`: where the data begins. A pause of less
 * than two windows ends nothing. Null: it was so at none of them.
 */
export function toSince(
  moments: readonly number[],
  {
    stepSeconds,
    windowSeconds,
    dataSeconds,
  }: { stepSeconds: number; windowSeconds: number; dataSeconds: number },
): Since | null {
  const gap = Math.max(2 * windowSeconds, 2 * stepSeconds);
  let start: number | null = null;
  for (const at of [...moments].sort((a, b) => b - a)) {
    if (start !== null && start - at > gap) break;
    start = at;
  }
  if (start === null) return null;
  // A rate needs a window of samples before it says anything.
  const before = start - dataSeconds <= windowSeconds + 2 * stepSeconds;
  return { atSeconds: before ? dataSeconds : start, before };
}

/** With a beginning in every one that is known; a problem of several places began with the first of them. */
export function withSince<P extends { since: string | null; sinceBefore: boolean }>(
  problem: P,
  known: readonly Since[],
): P {
  const first = [...known].sort((a, b) => a.atSeconds - b.atSeconds)[0];
  if (!first) return problem;
  return { ...problem, since: new Date(first.atSeconds * 1000).toISOString(), sinceBefore: first.before };
}
