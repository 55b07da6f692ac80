// The inks of a drawing as the page's tokens, so that one drawing serves both themes.

import type { Ink } from '@latchwork/graph/draw/shape';

const known = new Map<Ink, string>();

/** `var(--lock-mixed-soft)` of `lockMixedSoft`, `var(--line-2)` of `line2`. */
export function inkVariable(ink: Ink): string {
  const cached = known.get(ink);
  if (cached !== undefined) return cached;
  const token = ink.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/\d/, '-$&');
  const variable = `var(--${token})`;
  known.set(ink, variable);
  return variable;
}
