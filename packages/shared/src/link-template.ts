// Links to other tools, as whoever runs the server names them: an address with places for what the reader looks at.

import { type Static, Type } from 'typebox';

/** What may stand in braces. `from` and `to`: Unix milliseconds, the window of the page. */
export const LINK_PLACES = [
  'namespace',
  'kind',
  'name',
  'pod',
  'sourceNamespace',
  'sourceKind',
  'sourceName',
  'targetNamespace',
  'targetKind',
  'targetName',
  'from',
  'to',
] as const;
export type LinkPlace = (typeof LINK_PLACES)[number];

export const LinkTemplate = Type.Object({ name: Type.String(), template: Type.String() });
export type LinkTemplate = Static<typeof LinkTemplate>;

/** The places of a template, each once; those that nobody knows are among them. */
export function placesOf(template: string): string[] {
  return [...new Set([...template.matchAll(/\{([^{}]*)\}/g)].map(([, place]) => place as string))];
}

/** Null where the template asks for what is not known of this thing. Values are coded for an address. */
export function filledLink(template: string, known: Partial<Record<LinkPlace, string>>): string | null {
  if (placesOf(template).some((place) => known[place as LinkPlace] === undefined)) return null;
  return template.replace(/\{([^{}]*)\}/g, (_, place) => encodeURIComponent(known[place as LinkPlace] ?? ''));
}
