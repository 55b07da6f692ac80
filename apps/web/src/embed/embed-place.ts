// What a frame's address asks for, and where a click on it leads. Pure: strings in, strings out.

import { type Place, parsePlace, placeSearch } from '../location/place.ts';

export interface EmbedPlace {
  place: Place;
  /** What the wiki calls it; null is the names of its namespaces. */
  title: string | null;
  /** The signed link; null without one. */
  link: string | null;
}

export function parseEmbedPlace(search: string): EmbedPlace {
  const query = new URLSearchParams(search);
  return {
    place: { ...parsePlace(search), view: 'graph' },
    title: query.get('title')?.trim().slice(0, 80) || null,
    link: query.get('link'),
  };
}

/** The page itself, at the same place; a signed link opens frames alone and stays behind. `base` is that of the frame. */
export function fullViewUrl({ place }: EmbedPlace, base: string): string {
  return new URL(`../${placeSearch(place)}`, base).href;
}

export function socketUrl({ link }: EmbedPlace, base: string): URL {
  const url = new URL('live', base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (link !== null) url.searchParams.set('link', link);
  return url;
}
