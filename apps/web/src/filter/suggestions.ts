// What may come next in a filter, at the end of what is written: fields, then what a field may be. Pure.

import type { Field, Language } from './filter.ts';

export interface Suggestion {
  /** What is written then, up to where the reader goes on. */
  text: string;
  label: string;
  about: string;
}

const MOST = 8;

/** `before`: the text up to the caret. `known`: what stands in fields of words now. */
export function suggestions<T>(
  before: string,
  language: Language<T>,
  known: Readonly<Record<string, readonly string[]>> = {},
): Suggestion[] {
  const token = /[^\s,]*$/.exec(before)?.[0] ?? '';
  const kept = before.slice(0, before.length - token.length);
  const [, not = '', name = '', operator, partial = ''] =
    /^([!-]?)([a-z][\w-]*)?(:|=|!=|<=|>=|<|>)?(.*)$/i.exec(token) ?? [];
  if (operator === undefined)
    return language.fields
      .filter(({ names }) => partial === '' && names.some((one) => one.startsWith(name.toLowerCase())))
      .map(({ names: [first = ''], about, field }) => ({
        text: `${kept}${not}${first}${firstOperator(field)}`,
        label: `${first}${firstOperator(field)}`,
        about,
      }));
  const found = language.fields.find(({ names }) => names.includes(name.toLowerCase()));
  if (!found || !('texts' in found.field)) return [];
  const wanted = partial.replaceAll('"', '').toLowerCase();
  return [...new Set(known[found.names[0] as string] ?? found.field.known ?? [])]
    .filter((value) => value.toLowerCase().includes(wanted) && value.toLowerCase() !== wanted)
    .sort((a, b) => Number(isLate(a, wanted)) - Number(isLate(b, wanted)))
    .slice(0, MOST)
    .map((value) => ({
      text: `${kept}${not}${name}${operator}${/[\s,]/.test(value) ? `"${value}"` : value} `,
      label: value,
      about: '',
    }));
}

/** What begins as it is written comes first. */
function isLate(value: string, wanted: string): boolean {
  return !value.toLowerCase().startsWith(wanted);
}

function firstOperator<T>(field: Field<T>): string {
  return 'texts' in field ? ':' : field.unit === 'percent' ? '<' : '>';
}

/** What stands in the fields of words of some things. */
export function knownTexts<T>(things: readonly T[], { fields }: Language<T>): Record<string, string[]> {
  return Object.fromEntries(
    fields.flatMap(({ names: [name = ''], field }) =>
      'texts' in field && !field.known
        ? [[name, [...new Set(things.flatMap((thing) => field.texts(thing)))].sort()]]
        : [],
    ),
  );
}
