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
  /** What stands between the flags, where a command takes that. */
  readonly words: readonly string[];
  readonly mistakes: readonly Mistake[];
}

const TRUE = /^(1|true|yes|on)$/i;
const FALSE = /^(0|false|no|off)$/i;

export function readGiven(
  flags: readonly Flag[],
  args: readonly string[],
  environment: Environment,
  takesWords = false,
): GivenFlags {
  const mistakes: Mistake[] = [];
  const words: string[] = [];
  const given = readEnvironment(flags, environment, mistakes);
  const into = { mistakes, words: takesWords ? words : null };
  for (const [name, values] of readArguments(flags, args, into)) given.set(name, values);
  return { given, words, mistakes };
}

/** `words` null: nothing may stand between the flags. */
interface Into {
  readonly mistakes: Mistake[];
  readonly words: string[] | null;
}

function readArguments(flags: readonly Flag[], args: readonly string[], into: Into): Map<string, Given[]> {
  const { mistakes, words } = into;
  const given = new Map<string, Given[]>();
  const known = new Map(flags.flatMap((flag) => namesOf(flag).map((name) => [name, flag] as const)));
  const { tokens } = parseArgs({ args: [...args], tokens: true, strict: false, options: toOptions(flags) });
  let isOfUnknown = false;
  for (const token of tokens) {
    if (token.kind === 'positional' && words !== null && !isOfUnknown) {
      words.push(token.value);
      continue;
    }
    if (token.kind !== 'option' || (!token.rawName.startsWith('--') && !known.has(token.name))) {
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
    else if (value === undefined || (!inlineValue && isFlagLike(value, flags))) {
      mistakes.push({ where, message: `needs a value: ${where} ${flag.value}` });
      // The next flag was taken for the value.
      if (value !== undefined) {
        for (const [later, values] of readArguments(flags, args.slice(token.index + 1), into))
          given.set(later, values);
        break;
      }
    } else put(given, flag, { where, text: value }, mistakes);
  }
  return given;
}

function namesOf({ name, alias }: Flag): string[] {
  return alias === null ? [name] : [name, alias];
}

function toOptions(flags: readonly Flag[]) {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> = {};
  for (const flag of flags) {
    const type = flag.value === null ? 'boolean' : 'string';
    for (const name of namesOf(flag)) options[name] = { type };
    if (flag.short !== null) options[flag.name] = { type, short: flag.short };
  }
  return options;
}

function isFlagLike(value: string, flags: readonly Flag[]): boolean {
  return value.startsWith('--') || flags.some(({ short }) => short !== null && value === `-${short}`);
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
