// Command line and environment → the raw texts of each flag, and where each came from. Knows flags, not what their values mean.

import { parseArgs } from 'node:util';
import { type Flag, variableOf } from './flag.ts';
import { nearest } from './nearest.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Mistake {
  /** `--port`, or the variable it came from. */
  readonly where: string;
  readonly message: string;
}

/** Where a text came from, so that a mistake in it can be found. */
export interface Given {
  readonly where: string;
  readonly text: string;
}

export interface GivenFlags {
  readonly given: ReadonlyMap<string, readonly Given[]>;
  readonly mistakes: readonly Mistake[];
}

const TRUE = /^(1|true|yes|on)$/i;
const FALSE = /^(0|false|no|off)$/i;

export function readGiven(
  flags: readonly Flag[],
  args: readonly string[],
  environment: Environment,
): GivenFlags {
  const mistakes: Mistake[] = [];
  const given = readEnvironment(flags, environment, mistakes);
  for (const [name, values] of readArguments(flags, args, mistakes)) given.set(name, values);
  return { given, mistakes };
}

function readArguments(
  flags: readonly Flag[],
  args: readonly string[],
  mistakes: Mistake[],
): Map<string, Given[]> {
  const given = new Map<string, Given[]>();
  const known = new Map(flags.map((flag) => [flag.name, flag]));
  const { tokens } = parseArgs({
    args: [...args],
    tokens: true,
    strict: false,
    options: Object.fromEntries(
      flags.map(({ name, value }) => [name, { type: value === null ? 'boolean' : 'string' } as const]),
    ),
  });
  let isOfUnknown = false;
  for (const token of tokens) {
    if (token.kind !== 'option' || !token.rawName.startsWith('--')) {
      const where = args[token.index] ?? '--';
      if (!isOfUnknown)
        mistakes.push({ where, message: 'is no flag: flags begin with --, and --help lists them' });
      isOfUnknown = false;
      continue;
    }
    const { name, rawName: where, value, inlineValue } = token;
    const flag = known.get(name);
    isOfUnknown = flag === undefined && value === undefined;
    if (flag === undefined) mistakes.push({ where, message: unknown(name, [...known.keys()]) });
    else if (flag.value === null) put(given, flag, { where, text: value ?? 'true' }, mistakes);
    else if (value === undefined || (!inlineValue && value.startsWith('--'))) {
      mistakes.push({ where, message: `needs a value: --${name} ${flag.value}` });
      // The next flag was taken for the value.
      if (value !== undefined) {
        for (const [later, values] of readArguments(flags, args.slice(token.index + 1), mistakes))
          given.set(later, values);
        break;
      }
    } else put(given, flag, { where, text: value }, mistakes);
  }
  return given;
}

function unknown(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return `is unknown${near ? `: did you mean --${near}?` : ': --help lists all flags'}`;
}

function readEnvironment(
  flags: readonly Flag[],
  environment: Environment,
  mistakes: Mistake[],
): Map<string, Given[]> {
  const given = new Map<string, Given[]>();
  for (const flag of flags) {
    const where = variableOf(flag);
    const text = flag.hasVariable ? environment[where] : undefined;
    // An empty variable is how a container says "not set".
    if (text === undefined || text.trim() === '') continue;
    const texts = flag.repeatable ? text.split('\n').filter((line) => line.trim() !== '') : [text];
    for (const each of texts) put(given, flag, { where, text: each.trim() }, mistakes);
  }
  return given;
}

function put(given: Map<string, Given[]>, flag: Flag, value: Given, mistakes: Mistake[]): void {
  const { name, repeatable } = flag;
  if (flag.value === null) {
    const { where, text } = value;
    if (FALSE.test(text)) given.delete(name);
    else if (TRUE.test(text)) given.set(name, [value]);
    else mistakes.push({ where, message: `is a switch: "${text}" is neither true nor false` });
    return;
  }
  // Of a flag that stands alone the last one counts, so that a launcher's own flags can be overridden.
  given.set(name, repeatable ? [...(given.get(name) ?? []), value] : [value]);
}
