// The words of a check: how it stands, and what became of it since. Pure.

import { clock } from '@latchwork/figures/clock';
import type { Check, CheckState } from '@latchwork/shared/health/check';

export const STATE_WORDS: Readonly<Record<CheckState, string>> = {
  ok: 'well',
  warning: 'look',
  failed: 'failed',
  unknown: 'cannot tell',
};

export const STATE_TONES = { ok: 'good', warning: 'warn', failed: 'bad', unknown: 'none' } as const;

/** Linkerd writes what it checks in lower case. */
export function titleText({ title }: Check): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Null where nothing has changed. */
export function newsText({ was, since, changes }: Check): string | null {
  if (changes !== null) return `comes and goes: changed ${changes} times in the last hour`;
  // That it can be told now is no news of the mesh.
  if (was === null || since === null || was === 'unknown') return null;
  return `${STATE_WORDS[was]} until ${clock(since)}`;
}
