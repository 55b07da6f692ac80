// Going to a card or a box, and back, as changes of place.

import { isRest } from '@latchwork/graph/scene/rest';
import type { Place } from '../../location/place.ts';

/** In a large graph the way there is kept, so that it leads back. Of what is only a list, that opens. */
export function focusChange(
  { focus, trail }: Pick<Place, 'focus' | 'trail'>,
  to: string,
  isLarge: boolean,
): Partial<Place> {
  if (isRest(to)) return { selected: to };
  const next = to.startsWith('folded:') ? to.slice('folded:'.length) : to;
  if (!isLarge) return { focus: focus === next ? null : next, selected: null };
  if (focus === next) return { selected: null };
  const way = focus === null ? [] : [...trail, focus];
  const seen = way.indexOf(next);
  return { focus: next, trail: seen < 0 ? way : way.slice(0, seen), selected: null };
}

/** One step back on the way; null where it began. */
export function backChange({ focus, trail }: Pick<Place, 'focus' | 'trail'>): Partial<Place> | null {
  if (focus === null) return null;
  return { focus: trail.at(-1) ?? null, trail: trail.slice(0, -1), selected: null };
}
