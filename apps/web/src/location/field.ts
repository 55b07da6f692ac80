// One thing that the address says: how it is read and written, what it is when nothing is said, and on which ways it is
// left behind. What cannot be understood is what was not said.

/** To another view, and to another cluster of the store, whose names are others. */
export type Leaving = 'view' | 'cluster';

export interface Field<T> {
  /** In the query. */
  readonly key: string;
  readonly home: T;
  readonly leftWith: readonly Leaving[];
  /** `texts`: what stands in the query under this key, in order. */
  parse(texts: readonly string[]): T;
  /** What is to stand there; nothing for what is default. */
  texts(value: T): readonly string[];
}

/** A part of the address, by the names that its values have on the page. */
// biome-ignore lint/suspicious/noExplicitAny: each field has a type of its own, which `PlaceOf` finds again
export type Part = Readonly<Record<string, Field<any>>>;

export type PlaceOf<P extends Part> = {
  readonly [K in keyof P]: P[K] extends Field<infer T> ? T : never;
};

/** One of a few words. */
export function choice<T extends string>(
  key: string,
  allowed: readonly T[],
  home: T,
  ...leftWith: Leaving[]
): Field<T> {
  return {
    key,
    home,
    leftWith,
    parse: ([text]) => allowed.find((item) => item === text) ?? home,
    texts: (value) => (value === home ? [] : [value]),
  };
}

/** One of a few words, or none of them. */
export function maybe<T extends string>(
  key: string,
  allowed: readonly T[],
  ...leftWith: Leaving[]
): Field<T | null> {
  return {
    key,
    home: null,
    leftWith,
    parse: ([text]) => allowed.find((item) => item === text) ?? null,
    texts: (value) => (value === null ? [] : [value]),
  };
}

/** Free text; null when there is none. `isRight`: what it has to be. */
export function text(
  key: string,
  leftWith: readonly Leaving[] = [],
  isRight: (text: string) => boolean = () => true,
): Field<string | null> {
  return {
    key,
    home: null,
    leftWith,
    parse: ([value]) => (value && isRight(value) ? value : null),
    texts: (value) => (value ? [value] : []),
  };
}

/** Free text of which none is the empty one. */
export function words(key: string, ...leftWith: Leaving[]): Field<string> {
  return {
    key,
    home: '',
    leftWith,
    parse: ([value]) => value ?? '',
    texts: (value) => (value ? [value] : []),
  };
}

/** Several things under one key, with commas. */
export function list(key: string, ...leftWith: Leaving[]): Field<readonly string[]> {
  return {
    key,
    home: [],
    leftWith,
    parse: ([value = '']) => unique(value.split(',').filter((item) => item !== '')),
    texts: (value) => (value.length === 0 ? [] : [value.join(',')]),
  };
}

export function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
