// Command line and environment → the raw texts of each flag. Knows the table of flags, not what their values mean.

import { FLAGS, type Flag, variableOf } from './flags.ts';

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

export interface FlagValues {
  readonly given: ReadonlyMap<string, readonly Given[]>;
  readonly mistakes: readonly Mistake[];
}

const TRUE = /^(1|true|yes|on)$/i;
const FALSE = /^(0|false|no|off)$/i;

export function readFlagValues(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): FlagValues {
  const mistakes: Mistake[] = [];
  const given = readEnvironment(environment, mistakes);
  for (const [name, values] of readArguments(args, mistakes)) given.set(name, values);
  return { given, mistakes };
}

function readArguments(args: readonly string[], mistakes: Mistake[]): Map<string, Given[]> {
  const given = new Map<string, Given[]>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const [, name, , inline] = /^--([^=]+)(=(.*))?$/s.exec(arg) ?? [];
    const known: Flag | undefined = FLAGS.find((each) => each.name === name);
    if (!name) {
      mistakes.push({ where: arg, message: 'is no flag: flags begin with --, and --help lists them' });
      continue;
    }
    if (!known) {
      const near = nearestFlag(name);
      mistakes.push({
        where: `--${name}`,
        message: `is unknown${near ? `: did you mean --${near}?` : ': --help lists all flags'}`,
      });
      if (inline === undefined && args[i + 1] !== undefined && !args[i + 1]?.startsWith('--')) i++;
      continue;
    }
    let text = inline;
    if (known.value === null) text ??= 'true';
    else if (text === undefined && args[i + 1] !== undefined && !args[i + 1]?.startsWith('--'))
      text = args[++i];
    if (text === undefined) {
      mistakes.push({ where: `--${name}`, message: `needs a value: --${name} ${known.value}` });
      continue;
    }
    put(given, known, { where: `--${name}`, text }, mistakes);
  }
  return given;
}

function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  mistakes: Mistake[],
): Map<string, Given[]> {
  const given = new Map<string, Given[]>();
  for (const known of FLAGS) {
    const where = variableOf(known);
    const text = environment[where];
    // An empty variable is how a container says "not set".
    if (text === undefined || text.trim() === '') continue;
    const texts = known.repeatable ? text.split('\n').filter((line) => line.trim() !== '') : [text];
    for (const each of texts) put(given, known, { where, text: each.trim() }, mistakes);
  }
  return given;
}

function put(given: Map<string, Given[]>, known: Flag, value: Given, mistakes: Mistake[]): void {
  if (known.value === null) {
    if (FALSE.test(value.text)) given.delete(known.name);
    else if (TRUE.test(value.text)) given.set(known.name, [value]);
    else
      mistakes.push({
        where: value.where,
        message: `is a switch: "${value.text}" is neither true nor false`,
      });
    return;
  }
  // Of a flag that stands alone the last one counts, so that a launcher's own flags can be overridden.
  given.set(known.name, known.repeatable ? [...(given.get(known.name) ?? []), value] : [value]);
}

/** The flag that a typing error most likely meant: at most two letters away. */
function nearestFlag(name: string): string | null {
  let best: string | null = null;
  let bestDistance = 3;
  for (const { name: candidate } of FLAGS) {
    const distance = lettersApart(name, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function lettersApart(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (next[j - 1] as number) + 1,
          (row[j] as number) + 1,
          (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] as number;
}
