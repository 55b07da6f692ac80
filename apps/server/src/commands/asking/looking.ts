// A command that looks at a mesh: its flags and words, whom it asks, and how it ends. What it prints is its own.

import { toSourceConfig } from '../../config.ts';
import { type FlagTable, flagsOf, type SettingsOf } from '../../flags/flag.ts';
import { flagLines } from '../../flags/help.ts';
import { type ReadSettings, readSettings } from '../../flags/settings.ts';
import { SOURCE_FLAGS } from '../../flags/source-flags.ts';
import { ProxyVariableError } from '../../network/proxy-error.ts';
import { type Command, EXIT_MISTAKE, EXIT_OK, EXIT_UNSEEN, type Terminal } from '../command.ts';
import type { CommandWord } from '../words.ts';
import { type Asking, AskTrouble, createAsking } from './asking.ts';
import { ASKING_FLAGS } from './asking-flags.ts';
import { clusterOf } from './cluster-of.ts';
import { type Look, PIPED } from './look.ts';

export interface Looking<Table> {
  readonly settings: SettingsOf<Table & typeof ASKING_FLAGS>;
  readonly names: ReadonlySet<string>;
  /** What stands between the flags. */
  readonly words: readonly string[];
  readonly asking: Asking;
  readonly terminal: Terminal;
  readonly look: Look;
}

export interface LookingCommand<Table extends FlagTable> {
  readonly word: CommandWord;
  /** After the word, such as `[TYPE[/NAME]…]`; empty where it takes none. */
  readonly takes: string;
  /** Lines of the help text above its flags. */
  readonly about: readonly string[];
  readonly flags: Table;
  /** Throws an Error for words and flags that make no sense together, before anybody is asked. */
  check?(given: Pick<Looking<Table>, 'settings' | 'words' | 'names'>): void;
  /** Resolves with the exit code. */
  run(looking: Looking<Table>): Promise<number>;
}

export function lookingCommand<Table extends FlagTable>(command: LookingCommand<Table>): Command {
  const { word, takes, about, flags } = command;
  const table = { ...flags, ...ASKING_FLAGS };
  const help = [
    `Usage: latchwork ${word}${takes === '' ? '' : ` ${takes}`} [flags]`,
    '',
    ...about,
    ...(about.length > 0 ? [''] : []),
    ...flagLines(table),
    '',
  ].join('\n');

  return {
    async run(terminal) {
      const read = readSettings(table, { ...terminal, takesWords: takes !== '' }) as ReadSettings<
        Table & typeof ASKING_FLAGS
      >;
      const { settings, words, names } = read;
      if (settings.help) {
        terminal.print(help);
        return EXIT_OK;
      }
      const wrong = read.mistakes.map(({ where, message }) => `${where} ${message}`);
      try {
        if (wrong.length === 0) command.check?.({ settings, words, names });
      } catch (error) {
        wrong.push((error as Error).message);
      }
      if (wrong.length > 0) return mistaken(wrong, word, terminal);
      return asked(read, word, terminal, (asking) =>
        command.run({ settings, words, names, asking, terminal, look: terminal.look ?? PIPED }),
      );
    },
  };
}

function mistaken(lines: readonly string[], word: CommandWord, { say }: Terminal): number {
  for (const line of lines) say(`${line}; latchwork ${word} --help lists the flags`);
  return EXIT_MISTAKE;
}

async function asked(
  read: ReadSettings<typeof ASKING_FLAGS>,
  word: CommandWord,
  terminal: Terminal,
  run: (asking: Asking) => Promise<number>,
): Promise<number> {
  let asking: Asking | null = null;
  try {
    const door = await openDoor(read, terminal);
    if (Array.isArray(door)) return mistaken(door, word, terminal);
    asking = createAsking(door);
    return await run(asking);
  } catch (error) {
    if (error instanceof ProxyVariableError) return mistaken([error.message], word, terminal);
    if (!(error instanceof AskTrouble)) throw error;
    terminal.say(error.message);
    return error.isMistake ? EXIT_MISTAKE : EXIT_UNSEEN;
  } finally {
    await asking?.close();
  }
}

/** What is wrong with the settings, in lines, where no door can be opened with them. */
async function openDoor(read: ReadSettings<typeof ASKING_FLAGS>, terminal: Terminal) {
  const { environment } = terminal;
  const { url, tokenFile } = read.settings;
  if (url !== null) {
    const named = OF_SOURCES.filter((name) =>
      terminal.args.some((arg) => arg === name || arg.startsWith(`${name}=`)),
    );
    if (named.length > 0)
      return named.map(
        (name) => `${name} contradicts --url: a running server has its own; leave one of them out`,
      );
    const { openRunningServer } = await import('./running-server.ts');
    return openRunningServer({ url, tokenFile, environment });
  }
  if (tokenFile !== null) return ['--token-file needs --url besides: it is for a running server'];
  const { config, mistakes } = toSourceConfig(read, terminal);
  if (mistakes.length > 0) return mistakes.map(({ where, message }) => `${where} ${message}`);
  const cluster = await clusterOf(config, terminal, namespacesIn(read.settings));
  if (cluster === undefined) return [];
  const { openOwnSources } = await import('./own-sources.ts');
  return openOwnSources({ sources: config, cluster, environment, tap: { tapUrl: read.settings.tapUrl } });
}

/** What is looked at is most likely where there are rights. */
function namespacesIn(settings: object): readonly string[] {
  const named = 'namespaces' in settings ? settings.namespaces : [];
  return Array.isArray(named) ? named : [];
}

const { atSeconds, ...sources } = SOURCE_FLAGS;
/** What a running server was started with; the moment alone is a part of the question. */
const OF_SOURCES = flagsOf({ ...sources, tapUrl: ASKING_FLAGS.tapUrl }).map(({ name }) => `--${name}`);
