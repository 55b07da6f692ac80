// A table of flags, the command line and the environment → settings, with every mistake found at once.

import { type Flag, type FlagTable, type FlagWorld, flagsOf, isFlag, type SettingsOf } from './flag.ts';
import { type Environment, type Given, type Mistake, readGiven } from './given.ts';

export interface SettingsInput extends FlagWorld {
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Whether somebody sits in front of it, with a browser. */
  readonly hasDesktop?: boolean;
  /** Whether words may stand between the flags, such as `deploy/web`. */
  readonly takesWords?: boolean;
}

export interface ReadSettings<Table> {
  readonly settings: SettingsOf<Table>;
  /** Names of the flags that were given, in either way. */
  readonly names: ReadonlySet<string>;
  /** What stands between the flags. */
  readonly words: readonly string[];
  readonly mistakes: readonly Mistake[];
}

export function readSettings<Table extends FlagTable>(
  table: Table,
  { args, environment, checkFile, takesWords }: SettingsInput,
): ReadSettings<Table> {
  const { given, words, mistakes: misread } = readGiven(flagsOf(table), args, environment, takesWords);
  const mistakes = [...misread];

  function parsed(flag: Flag, { where, text }: Given): unknown[] {
    try {
      return [flag.parse(text, { checkFile })];
    } catch (error) {
      mistakes.push({ where, message: (error as Error).message });
      return [];
    }
  }
  function settingOf(flag: Flag): unknown {
    const { name, fallback } = flag;
    const values = (given.get(name) ?? []).flatMap((value) => parsed(flag, value));
    const otherwise =
      values.length === 0 && fallback !== null ? [flag.parse(fallback, { checkFile })] : values;
    return flag.toSetting(otherwise);
  }
  function settingsOf(entries: FlagTable): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(entries).map(([key, entry]) => [
        key,
        isFlag(entry) ? settingOf(entry) : settingsOf(entry),
      ]),
    );
  }

  // The table's own nesting is what the type is made of.
  const settings = settingsOf(table) as SettingsOf<Table>;
  return { settings, names: new Set(given.keys()), words, mistakes };
}
