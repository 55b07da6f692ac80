// Everything the address says, and back. Pure: knows no browser and no view; each view has a part, which says what it means,
// what is default, and on which ways it is left behind.

import type { Field, Leaving, PlaceOf } from './field.ts';
import { GRAPH } from './parts/graph-part.ts';
import { HEALTH } from './parts/health-part.ts';
import { LIVE } from './parts/live-part.ts';
import { LOOKS } from './parts/looks-part.ts';
import { PROBLEMS } from './parts/problems-part.ts';
import { SCOPE, type ViewName } from './parts/scope-part.ts';
import { TABLE } from './parts/table-part.ts';
import { WORKLOADS } from './parts/workloads-part.ts';

/** In the order of the address. */
const PARTS = { ...SCOPE, ...GRAPH, ...LIVE, ...WORKLOADS, ...PROBLEMS, ...HEALTH, ...TABLE, ...LOOKS };
const FIELDS = Object.entries<Field<unknown>>(PARTS);

export interface Place extends PlaceOf<typeof PARTS> {}

export const HOME = each(({ home }) => home);

export function parsePlace(search: string): Place {
  const query = new URLSearchParams(search);
  return each(({ key, parse }) => parse(query.getAll(key)));
}

/** `?…` in a fixed order, without what is default; empty at home. */
export function placeSearch(place: Place): string {
  return searchOf(pairsOf(FIELDS, place));
}

/** `placeSearch` of the same place with one thing changed, many times: all else is written once. */
export function placeSearches<K extends keyof Place>(place: Place, changed: K): (value: Place[K]) => string {
  const index = FIELDS.findIndex(([name]) => name === changed);
  const before = pairsOf(FIELDS.slice(0, index), place);
  const after = pairsOf(FIELDS.slice(index + 1), place);
  return (value) => searchOf([...before, ...pairsOfOne(FIELDS[index]![1], value), ...after]);
}

function pairsOf(fields: typeof FIELDS, place: Place): string[] {
  return fields.flatMap(([name, field]) => pairsOfOne(field, place[name as keyof Place]));
}

function pairsOfOne({ key, texts }: Field<unknown>, value: unknown): string[] {
  return texts(value).map((text) => `${key}=${escaped(text)}`);
}

function searchOf(pairs: readonly string[]): string {
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Where the rail leads: another view of the same scope, without what was chosen in the last one. */
export function toView(place: Place, view: ViewName): Place {
  return view === place.view ? place : { ...left(place, 'view'), view };
}

/** The same view and window of another cluster, without what was chosen by the names of the last one. */
export function toCluster(place: Place, cluster: string | null): Place {
  return { ...left(place, 'cluster'), cluster };
}

function left(place: Place, way: Leaving): Place {
  const at = (name: string) => place[name as keyof Place];
  return each(({ home, leftWith }, name) => (leftWith.includes(way) ? home : at(name)));
}

function each(value: (field: Field<unknown>, name: string) => unknown): Place {
  return Object.fromEntries(FIELDS.map(([name, field]) => [name, value(field, name)])) as unknown as Place;
}

/** `encodeURIComponent`, but ids stay readable: these are legal in a query as they are. */
function escaped(value: string): string {
  return encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%2C', ',');
}
