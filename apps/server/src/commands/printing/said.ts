// What an answer says of itself, in lines for people: what could not be read, and what makes its numbers misleading.

import type { Parts } from '@latchwork/shared/parts';
import type { Snapshot } from '@latchwork/shared/snapshot';
import { harmless } from './text-width.ts';

export function sayAbout(
  { parts, diagnoses, windowSeconds, windowAskedSeconds }: Snapshot,
  say: (line: string) => void,
): void {
  sayParts(parts, say);
  for (const { severity, what, remedy } of diagnoses)
    if (severity !== 'info') say(harmless(`${what}: ${remedy}`));
  if (windowSeconds !== windowAskedSeconds)
    say(`numbers are over ${windowSeconds} s instead of ${windowAskedSeconds} s`);
}

/** Each that was not answered, also where an older answer stands in for it. */
export function sayParts(parts: Parts, say: (line: string) => void): void {
  for (const [part, { state, message, since }] of Object.entries(parts)) {
    if (state === 'fresh') continue;
    const old = state === 'stale' ? ` since ${since}, what is told of it is older` : '';
    say(harmless(`could not read ${part}${old}: ${message ?? 'no answer'}`));
  }
}
