// A table of flags as lines of a help text.

import { type Flag, type FlagTable, flagsOf, variableOf } from './flag.ts';

export function flagLines(table: FlagTable): string[] {
  const flags = flagsOf(table);
  const internal = flags.filter((flag) => flag.internal);
  return [
    ...flags.filter((flag) => !flag.internal).map(flagLine),
    ...(internal.length > 0 ? ['', 'Used by npm start:', ...internal.map(flagLine)] : []),
    ...variableNote(flags),
  ];
}

function flagLine({ name, short, alias, value, about, fallback, otherwise, repeatable }: Flag): string {
  const names = [...(short === null ? [] : [`-${short}`]), `--${name}`].join(', ');
  const left = `  ${names}${value ? ` ${value}` : ''}`;
  const standard = fallback ?? otherwise;
  const notes = [
    ...(standard === null ? [] : [`default ${standard}`]),
    ...(repeatable ? ['may be repeated'] : []),
    ...(alias === null ? [] : [`also --${alias}`]),
  ];
  return `${left.padEnd(34)} ${about}${notes.length ? ` (${notes.join('; ')})` : ''}`;
}

function variableNote(flags: readonly Flag[]): string[] {
  const [example] = flags.filter(({ hasVariable }) => hasVariable);
  if (!example) return [];
  const all = flags.every(({ hasVariable, name }) => hasVariable || name === 'help');
  return [
    '',
    all
      ? `Each flag is also an environment variable, such as ${variableOf(example)}; a flag wins over it.`
      : `Flags of the server are also environment variables, such as ${variableOf(example)}; a flag wins over it.`,
    ...(flags.some(({ hasVariable, repeatable }) => hasVariable && repeatable)
      ? ['In a variable, a flag that may be repeated takes one value a line.']
      : []),
  ];
}
