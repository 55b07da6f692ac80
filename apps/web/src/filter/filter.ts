// The language of every filter: words that must occur, `field:word`, comparisons such as `success<99`, and `!` or `-`
// before what must not be. What its fields are says each view. Pure.

import { compares, numberIn, type Unit } from './filter-numbers.ts';

export type Test<T> = (thing: T) => boolean;

/** A field of words: `:` looks inside, `=` wants all of one. `known`: what may be written there, for suggestions. */
export interface TextField<T> {
  texts: (thing: T) => readonly string[];
  /** Instead of looking inside. */
  fits?: (text: string, wanted: string) => boolean;
  known?: readonly string[];
}

/** A field of a number; nothing is compared with what has no data. */
export interface NumberField<T> {
  number: (thing: T) => number | null;
  unit: Unit;
}

export type Field<T> = TextField<T> | NumberField<T>;

export interface Language<T> {
  /** The first name of a field is the one that is suggested. */
  fields: readonly { names: readonly string[]; about: string; field: Field<T> }[];
  /** What a word by itself is looked for in. */
  word: (word: string) => Test<T>;
  /** `a:b` with an unknown `a` is a word, as in `cart.shop:80`. */
  takesColons?: boolean;
}

export interface Filter<T> {
  matches: Test<T>;
  /** What is wrong with the text, and what is allowed; null when all of it was understood. */
  trouble: string | null;
}

const TERM =
  /([!-]?)(?:([a-z][\w-]*)\s*(<=|>=|!=|<|>|=|:)\s*("[^"]*"|[^\s"]+)(\s+(?:%|ms|s)(?=\s|,|$))?|"([^"]*)"|(\S+))/giy;

export function parseFilter<T>(text: string, language: Language<T>): Filter<T> {
  const tests: Test<T>[] = [];
  let trouble: string | null = null;
  for (const term of termsOf(text)) {
    const test = testOf(term, language);
    if (typeof test === 'string') trouble ??= test;
    else if (test !== null) tests.push(term.isNot ? (thing) => !test(thing) : test);
  }
  return { matches: (thing) => tests.every((test) => test(thing)), trouble };
}

interface Term {
  isNot: boolean;
  field: string | null;
  operator: string;
  value: string;
  text: string;
}

function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  const gap = /[\s,]*/y;
  let at = 0;
  while (at < text.length) {
    gap.lastIndex = at;
    gap.exec(text);
    TERM.lastIndex = gap.lastIndex;
    const found = TERM.exec(text);
    if (!found) break;
    at = TERM.lastIndex;
    const [whole, not, field = null, operator = '', value, unit = '', quoted, word] = found;
    const said = value ?? quoted ?? word ?? '';
    terms.push({
      isNot: not !== '',
      field: field?.toLowerCase() ?? null,
      operator,
      value: `${said.replace(/,+$/, '').replaceAll('"', '')}${unit.trim()}`.toLowerCase(),
      text: whole
        .slice(not?.length ?? 0)
        .replace(/,+$/, '')
        .toLowerCase(),
    });
  }
  return terms;
}

function testOf<T>(
  { field: name, operator, value, text }: Term,
  language: Language<T>,
): Test<T> | string | null {
  // Half of a term is still being written.
  const isBegun = /^[a-z][\w-]*[<>=!:]+$/.test(text);
  if (name === null) return value === '' || isBegun ? null : language.word(value);
  const found = language.fields.find(({ names }) => names.includes(name))?.field;
  if (!found) {
    if (language.takesColons && operator === ':') return language.word(text);
    const names = language.fields.map(({ names: [first] }) => first);
    return `unknown field: ${name}; known: ${names.join(', ')}`;
  }
  return 'texts' in found ? textTest(found, operator, value) : numberTest(found, name, operator, value);
}

function textTest<T>({ texts, fits }: TextField<T>, operator: string, value: string): Test<T> | string {
  const inside = fits ?? ((text: string, wanted: string) => text.includes(wanted));
  if (operator === ':') return (thing) => texts(thing).some((text) => inside(text.toLowerCase(), value));
  if (operator === '=') return (thing) => texts(thing).some((text) => text.toLowerCase() === value);
  if (operator === '!=') return (thing) => texts(thing).every((text) => text.toLowerCase() !== value);
  return `${operator} needs a number; for words there are =, != and :`;
}

function numberTest<T>(
  { number, unit }: NumberField<T>,
  name: string,
  operator: string,
  value: string,
): Test<T> | string {
  const wanted = numberIn(value, unit);
  if (wanted === null) return `not a number for ${name}: ${value}`;
  return (thing) => {
    const found = number(thing);
    return found !== null && compares(found, operator, wanted);
  };
}
