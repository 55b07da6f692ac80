// Which lines carry their figure: on a selection those of its neighbourhood, under the pointer the one.

import type { Labels } from '../../../location/parts/graph-part.ts';

/** `lit`: lines whose marks are lit; null while all are. */
export function wantsLabel(
  mode: Labels,
  pointedId: string | null,
  lit: ReadonlySet<string> | null,
): (linkId: string) => boolean {
  if (mode === 'off') return () => false;
  if (mode === 'on') return (id) => lit?.has(id) ?? true;
  return (id) => (pointedId === null ? (lit?.has(id) ?? false) : pointedId === id);
}
