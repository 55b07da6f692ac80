// latchwork problems: all that is wrong, the heaviest first, and whether that is what a pipeline must stop for.

import { counted } from '@latchwork/figures/count';
import { feltBy, KIND_WORDS, placeParts, sinceText } from '@latchwork/figures/problem-words';
import { rate } from '@latchwork/figures/rate';
import { span } from '@latchwork/figures/span';
import { PROBLEM_KINDS, type ProblemKind } from '@latchwork/shared/problems/problem-kinds';
import type { MeshProblem, Problems } from '@latchwork/shared/problems/problems';
import { createAcceptedFile } from '../feeds/accepted-file.ts';
import { repeatable, toggle } from '../flags/flag.ts';
import { text } from '../flags/plain-values.ts';
import { SERVER_FLAGS } from '../flags/server-flags.ts';
import { withAccepted } from '../mesh/findings/accepted.ts';
import { formatOf, outputFlags, SCOPE_FLAGS } from './asking/asking-flags.ts';
import { type Looking, lookingCommand } from './asking/looking.ts';
import { scopeOf } from './asking/scope-of.ts';
import { exitOf, problemsNeed } from './asking/seen.ts';
import { EXIT_FOUND, EXIT_MISTAKE, EXIT_UNSEEN } from './command.ts';
import { cell } from './printing/cells.ts';
import { sayParts } from './printing/said.ts';
import type { Sign } from './printing/sign.ts';
import { figures, type TextColumn, tableText, words } from './printing/text-table.ts';

const HERE = { hasVariable: false };
const ANY = 'any';
const ALLOWED = `${PROBLEM_KINDS.join(', ')} or ${ANY}`;

const FLAGS = {
  ...SCOPE_FLAGS,
  failOn: repeatable(
    'fail-on',
    'KINDS',
    `Exit code 1 when there are any of these, commas between them: ${ALLOWED}`,
    text,
    HERE,
  ),
  acceptedFile: SERVER_FLAGS.acceptedFile,
  ...outputFlags(['table', 'json']),
  more: toggle('explain', 'What says so, what to do and the command for it under each line', HERE),
} as const;

export const problems = lookingCommand({
  word: 'problems',
  takes: '',
  about: [
    'What never arrives, fails, is slow, not encrypted, refused or to be looked at; one line for each cause.',
    'Without --namespace it is the whole mesh. Exit code 1 when --fail-on finds something, 3 when that could not be looked for.',
  ],
  flags: FLAGS,
  check: ({ settings }) => void kindsIn(settings.failOn),
  run: print,
});

async function print({ settings, asking, terminal, look }: Looking<typeof FLAGS>): Promise<number> {
  const wanted = kindsIn(settings.failOn);
  const asked = await asking.ask('problems', scopeOf(settings));
  const accepted =
    settings.acceptedFile === null ? null : await createAcceptedFile(settings.acceptedFile).read();
  if (accepted !== null && accepted.trouble !== null) {
    terminal.say(accepted.trouble);
    return EXIT_MISTAKE;
  }
  const value = accepted ? withAccepted(asked, accepted.entries, terminal.now()) : asked;
  const code = exitCode(value, wanted);
  if (formatOf(settings) === 'json') terminal.print(`${JSON.stringify(value)}\n`);
  else {
    const isLong = settings.more || settings.output === 'wide';
    terminal.print(
      tableText(
        {
          rows: value.problems,
          columns: toColumns(value.at),
          sign: signOf,
          under: isLong ? explanation : () => [],
        },
        look,
      ),
    );
    for (const line of footOf(value, code)) terminal.say(line);
  }
  sayParts(value.parts, terminal.say);
  return code;
}

const OF_CALLS = PROBLEM_KINDS.filter((kind) => kind !== 'look');

/** Without kinds that are wanted it is as if all of calls were. */
function exitCode(value: Problems, wanted: ReadonlySet<ProblemKind>): number {
  if (value.problems.some(({ kind }) => wanted.has(kind))) return EXIT_FOUND;
  const needed = problemsNeed(wanted.size > 0 ? wanted : OF_CALLS, value.parts);
  return exitOf(value.parts, needed, isBlind(value, wanted));
}

/** Calls are what all but the last kind is of: where there are none, nothing is well. */
function isBlind({ looked }: Problems, wanted: ReadonlySet<ProblemKind>): boolean {
  const isOfCalls = wanted.size === 0 || OF_CALLS.some((kind) => wanted.has(kind));
  return isOfCalls && looked.includes(counted(0, 'edge'));
}

/** Throws what is no kind. */
function kindsIn(given: readonly string[]): ReadonlySet<ProblemKind> {
  const named = given.flatMap((each) => each.split(',')).filter((each) => each !== '');
  const wrong = named.find((each) => each !== ANY && !isKind(each));
  if (wrong !== undefined) throw new Error(`--fail-on "${wrong}" is no kind of problem: use ${ALLOWED}`);
  return new Set(named.includes(ANY) ? PROBLEM_KINDS : named.filter(isKind));
}

function isKind(name: string): name is ProblemKind {
  return (PROBLEM_KINDS as readonly string[]).includes(name);
}

function toColumns(at: string): TextColumn<MeshProblem>[] {
  return [
    words('PROBLEM', ({ kind, partly }) => `${partly ? 'partly ' : ''}${KIND_WORDS[kind]}`),
    words('WHERE', whereText),
    figures('TOUCHES', ({ weight }) => (weight === null ? '' : cell(rate(weight))), 3),
    words('SINCE', (problem) => sinceText(problem, at), 4),
    words('FELT BY', feltBy, 5),
    words('WHAT', ({ what }) => what, 6),
  ];
}

function whereText({ where, places }: Pick<MeshProblem, 'where' | 'places'>): string {
  if (places.length > 1) {
    const namespaces = [...new Set(places.map((place) => placeParts(place.where).at(-1)?.namespace ?? ''))];
    const inside = namespaces.map((each) => each.replace(/\/$/, '')).filter(Boolean);
    return `${counted(places.length, 'place')}${inside.length > 0 ? ` in ${inside.join(', ')}` : ''}`;
  }
  return placeParts(where)
    .map(({ namespace, name }) => `${namespace}${name}`)
    .join(' → ');
}

function signOf({ kind, severity }: MeshProblem): Sign {
  if (severity === 'bad') return 'bad';
  if (kind === 'plaintext' || kind === 'refused') return kind;
  return severity === 'warn' ? 'warn' : 'unknown';
}

function explanation({ places, evidence, remedy, command }: MeshProblem): string[] {
  const named = places.length > 1 ? places.map(({ where }) => whereText({ where, places: [] })) : [];
  return [
    ...named,
    ...(evidence ? [evidence] : []),
    `to do: ${remedy}`,
    ...(command ? command.split('\n').map((line) => `  ${line}`) : []),
  ];
}

function footOf(
  { problems: found, accepted, tooFew, looked, windowSeconds }: Problems,
  code: number,
): string[] {
  const none = code === EXIT_UNSEEN ? 'what is wrong cannot be told' : 'nothing is wrong';
  return [
    `${found.length === 0 ? none : counted(found.length, 'problem')}: looked at ${looked.join(', ')}, over ${span(windowSeconds)}`,
    ...(accepted.length > 0 ? [`${counted(accepted.length, 'problem')} accepted`] : []),
    ...(tooFew.length > 0
      ? [`${counted(tooFew.length, 'place')} below the target, by too few requests to say more`]
      : []),
  ];
}
