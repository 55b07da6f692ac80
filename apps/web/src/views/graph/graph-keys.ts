// The keys of the Graph view, whatever its shape. A matrix zooms by keys of its own.

import type { PageLocation } from '../../location/location.svelte.ts';
import type { Place } from '../../location/place.ts';
import { isTyping } from '../../ui/typing.ts';
import type { Viewport } from './canvas/looking/viewport.svelte.ts';
import { backChange } from './focus-change.ts';

const ZOOMS: Record<string, -1 | 0 | 1> = { '+': 1, '=': 1, '-': -1, '0': 0 };

const CHANGES: Record<string, (place: Place) => Partial<Place>> = {
  t: ({ shape }) => ({ shape: shape === 'table' ? 'picture' : 'table' }),
  m: ({ shape }) => ({ shape: shape === 'matrix' ? 'picture' : 'matrix' }),
  p: ({ problems }) => ({ problems: !problems, problem: null, kind: null }),
  x: () => ({ find: 'open' }),
};

export interface Keyed {
  location: Pick<PageLocation, 'place' | 'go'>;
  viewport: Pick<Viewport, 'zoom'>;
  isLarge: boolean;
}

/** Acts on a key that is not typed somewhere. */
export function pressed(event: KeyboardEvent, keyed: Keyed): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (isTyping(event)) return;
  const act = actOf(event.key, keyed);
  if (!act) return;
  event.preventDefault();
  act();
}

function actOf(key: string, { location, viewport, isLarge }: Keyed): (() => void) | null {
  const { place } = location;
  const zoom = ZOOMS[key];
  if (zoom !== undefined) return place.shape === 'picture' ? () => viewport.zoom(zoom) : null;
  const change = key === 'Escape' ? stepBack(place, isLarge) : (CHANGES[key]?.(place) ?? null);
  return change && (() => location.go(change));
}

/** Escape closes the drawer first, then leads one step back. */
function stepBack(place: Place, isLarge: boolean): Partial<Place> | null {
  return isLarge && place.selected === null ? backChange(place) : null;
}
