// What an answer says of itself, in lines for people: what could not be read, and what makes its numbers misleading.

import type { Snapshot } from '@latchwork/shared/snapshot';
import { harmless } from './text-width.ts';

export function sayAbout(
  { parts, diagnoses, windowSeconds, windowAskedSeconds }: Snapshot,
  say: (line: string) => void,
): void {
  for (const [part, { state, message }] of Object.entries(parts))
    if (state === 'failed') say(harmless(`could not read ${part}: ${message ?? 'no answer'}`));
  for (const { severity, what, remedy } of diagnoses)
    if (severity !== 'info') say(harmless(`${what}: ${remedy}`));
  if (windowSeconds !== windowAskedSeconds)
    say(`numbers are over ${windowSeconds} s instead of ${windowAskedSeconds} s`);
}
