// What a flag is: its name, its sentence for people, and how a text becomes its setting. A table of flags is a value
// whose nesting is that of the settings read with it.

/** What a parser may ask of the machine. */
export interface FlagWorld {
  /** Throws when the file cannot be read. */
  readonly checkFile: (path: string) => void;
}

export interface Flag<Setting = unknown> {
  readonly name: string;
  /** What stands for the value in the help text; null for a switch. */
  readonly value: string | null;
  readonly about: string;
  readonly repeatable: boolean;
  /** For people, and read like a value that was given; null: the setting is empty. */
  readonly fallback: string | null;
  /** For people, where no value is the default. */
  readonly otherwise: string | null;
  /** Set by our own launcher, listed apart. */
  readonly internal: boolean;
  /** False: only on the command line. */
  readonly hasVariable: boolean;
  /** One letter, for `-n`. */
  readonly short: string | null;
  /** The same flag by another name, as other tools have it. */
  readonly alias: string | null;
  /** Throws what is wrong with a text; `toSetting` joins what was parsed. */
  readonly parse: (text: string, world: FlagWorld) => unknown;
  readonly toSetting: (parsed: readonly unknown[]) => Setting;
}

export interface FlagTable {
  readonly [setting: string]: Flag | FlagTable;
}

export type SettingsOf<Table> = {
  readonly [K in keyof Table]: Table[K] extends Flag<infer Setting> ? Setting : SettingsOf<Table[K]>;
};

type Parse<T> = (text: string, world: FlagWorld) => T;
type More = Partial<Pick<Flag, 'internal' | 'hasVariable' | 'otherwise' | 'short' | 'alias'>>;

const PLAIN = {
  ...{ repeatable: false, fallback: null, otherwise: null, internal: false, hasVariable: true },
  ...{ short: null, alias: null },
};

/** Null when it is not given. */
export function flag<T>(
  name: string,
  value: string,
  about: string,
  parse: Parse<T>,
  more: More = {},
): Flag<T | null> {
  return {
    ...PLAIN,
    name,
    value,
    about,
    parse,
    toSetting: (parsed) => (parsed[0] ?? null) as T | null,
    ...more,
  };
}

export function flagWithDefault<T>(
  name: string,
  value: string,
  about: string,
  parse: Parse<T>,
  { fallback, ...more }: More & { readonly fallback: string },
): Flag<T> {
  return { ...flag(name, value, about, parse, more), fallback, toSetting: (parsed) => parsed[0] as T };
}

export function repeatable<T>(
  name: string,
  value: string,
  about: string,
  parse: Parse<T>,
  more: More = {},
): Flag<readonly T[]> {
  return {
    ...flag(name, value, about, parse, more),
    repeatable: true,
    toSetting: (parsed) => parsed as readonly T[],
  };
}

/** Of `Name: value` texts. */
export function repeatablePairs(
  ...parts: Parameters<typeof repeatable<readonly [string, string]>>
): Flag<Readonly<Record<string, string>>> {
  return {
    ...repeatable(...parts),
    toSetting: (parsed) => Object.fromEntries(parsed as readonly (readonly [string, string])[]),
  };
}

export function toggle(name: string, about: string, more: More = {}): Flag<boolean> {
  const parse = (text: string) => text;
  return { ...PLAIN, name, value: null, about, parse, toSetting: (parsed) => parsed.length > 0, ...more };
}

export function isFlag(entry: Flag | FlagTable): entry is Flag {
  return typeof (entry as Flag).parse === 'function';
}

/** Every flag of a table, in its order. */
export function flagsOf(table: FlagTable): Flag[] {
  return Object.values(table).flatMap((entry) => (isFlag(entry) ? [entry] : flagsOf(entry)));
}

export function variableOf({ name }: Pick<Flag, 'name'>): string {
  return `LATCHWORK_${name.toUpperCase().replaceAll('-', '_')}`;
}
