// Views that somebody gave a name: what the address says of each. Pure: lists in, lists out.

import { HOME, type Place, parsePlace, placeSearch } from '../location/place.ts';

export interface SavedView {
  /** What it is found by. */
  readonly name: string;
  /** As the address has it, without what is the reader's own. */
  readonly search: string;
}

export const NAME_MAX = 60;
export const MOST_VIEWS = 100;

/** What was kept, as far as it can be read: another version of the page may have written it. */
export function parseViews(kept: unknown): readonly SavedView[] {
  if (!Array.isArray(kept)) return [];
  return kept.filter(isView).slice(0, MOST_VIEWS);
}

function isView(one: unknown): one is SavedView {
  const { name, search } = (one ?? {}) as Partial<Record<keyof SavedView, unknown>>;
  return typeof name === 'string' && name !== '' && typeof search === 'string';
}

/** `light` or `dark` is how the reader looks, not what at. */
export function searchOf(place: Place): string {
  return placeSearch({ ...place, theme: HOME.theme });
}

export function placeOf({ search }: SavedView, { theme }: Pick<Place, 'theme'>): Place {
  return { ...parsePlace(search), theme };
}

/** One of the same name becomes this one, in its place. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return has(views, view.name)
    ? views.map((one) => (one.name === view.name ? view : one))
    : [...views, view].slice(-MOST_VIEWS);
}

export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((one) => one.name !== name);
}

/** Null when another one has that name already. */
export function renamedView(
  views: readonly SavedView[],
  from: string,
  to: string,
): readonly SavedView[] | null {
  if (to !== from && has(views, to)) return null;
  return views.map((one) => (one.name === from ? { ...one, name: to } : one));
}

export function has(views: readonly SavedView[], name: string): boolean {
  return views.some((one) => one.name === name);
}

/** As it is kept. */
export function nameIn(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, NAME_MAX);
}
