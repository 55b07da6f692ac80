// What README.md and docs/*.md tell people to type: each command is one, with flags and words that it takes. None is run
// further than that: a last flag that contradicts the others ends it before anybody is asked.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { COMMANDS, type CommandWord, isCommandWord } from '../../src/commands/words.ts';
import { readConfig } from '../../src/config.ts';
import { runCommand } from './run-command.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const GUIDES = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);
/** Of other programs: Helm, Docker, and the API server of Kubernetes. */
const OF_OTHERS = new Set(['set', 'push', 'oidc-username-claim']);

interface Quoted {
  readonly guide: string;
  readonly line: string;
  /** What stands behind `#`. */
  readonly note: string;
}

const QUOTED = GUIDES.flatMap((guide) => quotedIn(guide));

/** Whole lines of code, and pieces of it in sentences. */
function quotedIn(guide: string): Quoted[] {
  const text = readFileSync(join(ROOT, guide), 'utf8');
  const lines = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.replaceAll('\\\n', ' ').split('\n'),
  );
  const spans = [...text.matchAll(/`(latchwork [^`]+)`/g)].map(([, span = '']) => span);
  return [...lines, ...spans]
    .filter((line) => /^latchwork\b/.test(line))
    .map((line) => {
      const [command = '', note = ''] = line.split(/\s+# /);
      const [first = ''] = command.split(/ (?:>|&&|\|) /);
      return { guide, line: first.trim(), note };
    });
}

/** As a shell reads it, without the dots that stand for what the reader has. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)]
    .map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'))
    .filter((word) => word !== '…')
    .map((word) => word.replace('…', 'example.com'))
    .slice(1);
}

async function commandOf(word: CommandWord): Promise<Command> {
  const module: Record<string, unknown> = await import(`../../src/commands/${word}.ts`);
  const found = Object.values(module).find((value) => typeof (value as Command).run === 'function');
  if (!found) throw new Error(`commands/${word}.ts has no command`);
  return found as Command;
}

async function helpOf(word: CommandWord): Promise<string> {
  const { out } = await runCommand(await commandOf(word), ['--help']);
  return out;
}

const flagsIn = (text: string) =>
  [...text.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, name = '']) => name);

describe.each(QUOTED.map(({ guide, line, note }) => [`${guide}: ${line}`, line, note] as const))(
  '%s',
  (_, line, note) => {
    const words = wordsOf(line);
    const [word = ''] = words;

    it('is understood', async () => {
      if (word === '' || word.startsWith('-')) {
        const more = flagsIn(line).some((name) =>
          ['prometheus', 'kubeconfig', 'context', 'help'].includes(name),
        )
          ? []
          : ['--prometheus', 'http://prometheus.test:9090'];
        const result = readConfig({ args: [...words, ...more], environment: {}, checkFile: () => undefined });
        // Dots stand for what another flag needs besides.
        const mistakes = result.kind === 'mistakes' ? result.mistakes : [];
        const wrong = mistakes.filter(({ message }) => !(line.includes('…') && message.startsWith('needs ')));
        expect(wrong).toEqual([]);
        return;
      }
      // Kinds that may stand in one place, in a cell of a table.
      const args = words.slice(1).map((each) => each.split('\\|')[0] ?? '');
      if (!isCommandWord(word)) throw new Error(`${word} is no command`);
      const command = await commandOf(word);
      if (word === 'embed-link') {
        const { err } = await runCommand(command, args, { checkFile: () => undefined });
        expect(err).toMatch(/^the file keys cannot be used: there is no such file/);
        return;
      }
      const isNamed = args.length === 0 && !line.includes(' -');
      const isOfServer = args.includes('--url');
      const last = isOfServer ? ['--context', 'x'] : ['--token-file', 'x'];
      const { code, err } = await runCommand(command, [...args, ...last], { checkFile: () => undefined });
      expect(code).toBe(2);
      const expected = isOfServer ? /^--context contradicts --url/ : /^--token-file needs --url besides/;
      // A name in a sentence, such as `latchwork tap`, is not meant to be whole.
      if (isNamed) expect(err).not.toMatch(/unknown|no flag/);
      else expect(err).toMatch(expected);
      expect(err.trim().split('\n')).toHaveLength(1);
    });

    it('has a note that names flags of its own', async () => {
      const named = flagsIn(note);
      if (named.length === 0) return;
      const own = flagsIn(await helpOf(isCommandWord(word) ? word : 'serve'));
      expect(named.filter((name) => !own.includes(name))).toEqual([]);
    });
  },
);

describe.each(GUIDES)('%s', (guide) => {
  let known: ReadonlySet<string>;
  beforeAll(async () => {
    const helps = await Promise.all((Object.keys(COMMANDS) as CommandWord[]).map(helpOf));
    known = new Set([...flagsIn(helps.join('\n')), ...OF_OTHERS]);
  });

  it('names flags that there are', () => {
    const text = readFileSync(join(ROOT, guide), 'utf8');
    const spans = [...text.matchAll(/`(-[^`]*)`/g)].map(([, span = '']) => span);
    expect(flagsIn(spans.join(' ')).filter((name) => !known.has(name))).toEqual([]);
  });
});

it('found the commands', () => {
  const words = new Set(
    QUOTED.map(({ line }) => wordsOf(line)[0]).filter((word) => /^[a-z]/.test(word ?? '')),
  );
  // Each has a line somewhere, but for the one that is the program itself.
  expect([...words].sort()).toEqual(
    Object.keys(COMMANDS)
      .filter((word) => word !== 'serve')
      .sort(),
  );
});
